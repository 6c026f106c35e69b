import { Injectable } from '@nestjs/common';
import { AppError } from '#libs/contracts/app-error.js';
import type { Actor } from '#libs/domain/access/actor.js';
import { isOrganizer } from '#libs/domain/access/actor.js';
import { canChangeRegistration } from '#libs/domain/access/registration-access.js';
import { Transactions } from '#libs/platform/database/transactions.js';
import { findRegistration } from './registration-rows.js';
import { readableRegistration } from './registrations.service.js';
import { notAllowed, SeatingService } from './seating.service.js';

/** Giving a place back, by its person or by an organizer. */
@Injectable()
export class CancellationsService {
  constructor(
    private readonly transactions: Transactions,
    private readonly seating: SeatingService,
  ) {}

  async cancel(actor: Actor, id: string, note: string | null): Promise<void> {
    const found = await readableRegistration(this.transactions.manager, actor, id);
    if (!canChangeRegistration(actor, found)) throw new AppError('auth.forbidden');
    await this.seating.run(found.eventId, async (seating) => {
      const started = seating.now >= seating.event.startsAt;
      if (started && !isOrganizer(actor)) throw notAllowed(found.status, 'cancel');
      const ended = await this.seating.end(seating, {
        ids: [id],
        from: ['pending', 'confirmed', 'waitlisted', 'offered'],
        to: 'cancelled',
        note: note === '' ? null : note,
        actorId: actor.personId,
        action: 'cancel-registration',
        mail: 'registration-cancelled',
      });
      if (ended.length > 0) return;
      const current = await findRegistration(seating.manager, id);
      if (current !== null && current.checkedInAt !== null)
        throw new AppError('registration.checked-in', { name: current.personName });
      throw notAllowed(current?.status ?? found.status, 'cancel');
    });
  }
}
