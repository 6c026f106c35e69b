import { Injectable } from '@nestjs/common';
import { Clock } from '#libs/platform/clock.js';
import { Transactions } from '#libs/platform/database/transactions.js';
import { SeatingService } from './seating.service.js';

/** Takes back the seats of offers that nobody answered in time and passes them on. */
@Injectable()
export class ExpireOffers {
  constructor(
    private readonly transactions: Transactions,
    private readonly seating: SeatingService,
    private readonly clock: Clock,
  ) {}

  /** One transaction per event; an offer that was answered meanwhile is left alone. */
  async sweep(): Promise<void> {
    const due: { eventId: string }[] = await this.transactions.manager.query(
      `SELECT DISTINCT r.event_id AS "eventId" FROM registration r JOIN event e ON e.id = r.event_id
       WHERE r.status = 'offered' AND r.offer_expires_at <= $1 AND e.state <> 'cancelled'`,
      [this.clock.now()],
    );
    for (const { eventId } of due) await this.expire(eventId);
  }

  private expire(eventId: string): Promise<void> {
    return this.seating.run(eventId, async (seating) => {
      // Offers of a cancelled event ended for another reason (`CloseUndecided`).
      if (seating.event.state === 'cancelled') return;
      const due: { id: string }[] = await seating.manager.query(
        `SELECT id FROM registration WHERE event_id = $1 AND status = 'offered' AND offer_expires_at <= $2`,
        [eventId, seating.now],
      );
      await this.seating.end(seating, {
        ids: due.map((row) => row.id),
        from: ['offered'],
        to: 'expired',
        note: null,
        actorId: null,
        action: 'expire-offer',
        mail: 'registration-expired',
        mailPayload: { because: 'offer-unanswered' },
      });
    });
  }
}
