import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { isEventOver } from '#libs/domain/registration/registration-window.js';
import type { RegistrationStatus } from '#libs/persistence/entities/registration.entity.js';
import type { LockedEvent } from '#libs/persistence/registrations/lock-event.js';
import { endUndecidedOfCancelled } from '#libs/persistence/registrations/undecided.js';
import { Clock } from '#libs/platform/clock.js';
import { Transactions } from '#libs/platform/database/transactions.js';
import { SeatingService, type Seating } from './seating.service.js';

/**
 * Closes what was still open when an event was over: undecided registrations, waiting lists and offers. Those of cancelled
 * events end with the cancellation; what an earlier version left of them is ended here.
 */
@Injectable()
export class CloseUndecided {
  constructor(
    private readonly transactions: Transactions,
    private readonly seating: SeatingService,
    private readonly clock: Clock,
  ) {}

  /** One transaction per event; nothing is left to do for a second call. */
  async sweep(): Promise<void> {
    const due: { eventId: string }[] = await this.transactions.manager.query(
      `SELECT DISTINCT r.event_id AS "eventId" FROM registration r JOIN event e ON e.id = r.event_id
       WHERE r.status IN ('pending', 'waitlisted', 'offered')
         AND (e.ends_at <= $1 OR e.state IN ('held', 'archived', 'cancelled'))`,
      [this.clock.now()],
    );
    for (const { eventId } of due) await this.close(eventId);
  }

  private close(eventId: string): Promise<void> {
    return this.seating.run(eventId, async (seating) => {
      const { manager, event, now, wake } = seating;
      if (event.state === 'cancelled') {
        wake.push(...(await this.closeCancelled(manager, event, now)));
        return;
      }
      // Changed since it was found: an event may be moved to a later day.
      if (!isEventOver(event, now)) return;
      await this.expire(seating, 'pending', 'not-decided');
      await this.expire(seating, 'offered', 'offer-unanswered');
      // Who waited knows that a seat was not certain: no mail tells them that the event is over.
      await this.expire(seating, 'waitlisted', null);
    });
  }

  private async closeCancelled(manager: EntityManager, event: LockedEvent, now: Date): Promise<string[]> {
    const [row] = await manager.query<{ reason: string | null }[]>(
      'SELECT state_note AS reason FROM event WHERE id = $1',
      [event.id],
    );
    return endUndecidedOfCancelled(manager, event, { actorId: null, reason: row?.reason ?? '' }, now);
  }

  private async expire(seating: Seating, from: RegistrationStatus, because: string | null): Promise<void> {
    const rows: { id: string }[] = await seating.manager.query(
      'SELECT id FROM registration WHERE event_id = $1 AND status = $2',
      [seating.event.id, from],
    );
    await this.seating.end(seating, {
      ids: rows.map((row) => row.id),
      from: [from],
      to: 'expired',
      note: null,
      actorId: null,
      action: 'expire-registration',
      mail: because === null ? null : 'registration-expired',
      mailPayload: { because },
    });
  }
}
