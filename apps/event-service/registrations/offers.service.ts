import { timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { AppError } from '#libs/contracts/app-error.js';
import type { OfferView } from '#libs/contracts/registrations/registration.js';
import type { Actor } from '#libs/domain/access/actor.js';
import { isEventOver } from '#libs/domain/registration/registration-window.js';
import { writeAudit } from '#libs/persistence/audit/write-audit.js';
import { syncAttendeeInvitations } from '#libs/persistence/notifications/sync-invitations.js';
import { hashOfferToken } from '#libs/persistence/registrations/offer-seats.js';
import { Clock } from '#libs/platform/clock.js';
import { Transactions } from '#libs/platform/database/transactions.js';
import { findRegistration, type RegistrationRecord } from './registration-rows.js';
import { SeatingService, type Seating } from './seating.service.js';

/** Answers to offers: by the link of the mail, without signing in, or by the signed-in person. */
@Injectable()
export class OffersService {
  constructor(
    private readonly transactions: Transactions,
    private readonly seating: SeatingService,
    private readonly clock: Clock,
  ) {}

  /** Changes nothing, however often mail scanners follow the link. */
  async read(id: string, token: string): Promise<OfferView> {
    return this.view(await this.find(id, token, null));
  }

  /** Accepting twice is accepted; after the offer's end it is `offer.expired`. */
  async accept(id: string, token: string | null, actor: Actor | null): Promise<OfferView> {
    const offer = await this.find(id, token, actor);
    await this.seating.run(offer.eventId, async (seating) => {
      const current = (await findRegistration(seating.manager, id))!;
      refuseCancelled(current);
      if (current.status === 'confirmed') return;
      if (current.status !== 'offered' || isOver(current, seating.now)) throw new AppError('offer.expired');
      await this.confirm(seating, current, actor);
    });
    return this.view((await findRegistration(this.transactions.manager, id))!);
  }

  /** Declining twice is declined. */
  async decline(id: string, token: string | null, actor: Actor | null): Promise<OfferView> {
    const offer = await this.find(id, token, actor);
    await this.seating.run(offer.eventId, async (seating) => {
      const ended = await this.seating.end(seating, {
        ids: [id],
        from: ['offered'],
        to: 'cancelled',
        note: null,
        actorId: actor?.personId ?? offer.personId,
        action: 'decline-offer',
        mail: null,
      });
      if (ended.length > 0) return;
      const current = (await findRegistration(seating.manager, id))!;
      refuseCancelled(current);
      if (current.status !== 'cancelled') throw new AppError('offer.expired');
    });
    return this.view((await findRegistration(this.transactions.manager, id))!);
  }

  private async confirm(
    { manager, event, now, wake }: Seating,
    offer: RegistrationRecord,
    actor: Actor | null,
  ) {
    await manager.query(
      "UPDATE registration SET status = 'confirmed', confirmed_at = $2, updated_at = $2 WHERE id = $1 AND status = 'offered'",
      [offer.id, now],
    );
    await writeAudit(manager, {
      actorId: actor?.personId ?? offer.personId,
      action: 'accept-offer',
      subjectKind: 'registration',
      subjectId: offer.id,
    });
    wake.push(...(await syncAttendeeInvitations(manager, event.id, [offer.personId], now)));
  }

  /** The registration when the link's token, or else the person, is the right one. */
  private async find(id: string, token: string | null, actor: Actor | null): Promise<RegistrationRecord> {
    const record = await findRegistration(this.transactions.manager, id);
    if (record === null) throw new AppError('offer.link-invalid');
    const byLink = token !== null && sameHash(record.offerTokenHash, hashOfferToken(token));
    if (!byLink && (token !== null || actor?.personId !== record.personId))
      throw new AppError('offer.link-invalid');
    return record;
  }

  private view(record: RegistrationRecord): OfferView {
    return {
      registrationId: record.id,
      event: record.event,
      groupSize: record.groupSize,
      expiresAt: record.offerExpiresAt?.toISOString() ?? null,
      state: stateOf(record, this.clock.now()),
    };
  }
}

function refuseCancelled({ event }: RegistrationRecord): void {
  if (event.state === 'cancelled') throw new AppError('registration.event-cancelled', { event: event.title });
}

/** An offer never outlives its event, even when the event was moved forward after it was made. */
const isOver = ({ offerExpiresAt, event }: RegistrationRecord, now: Date): boolean =>
  (offerExpiresAt !== null && offerExpiresAt <= now) ||
  isEventOver({ state: event.state, endsAt: new Date(event.endsAt) }, now);

function stateOf(record: RegistrationRecord, now: Date): OfferView['state'] {
  if (record.event.state === 'cancelled') return 'event-cancelled';
  if (record.status === 'offered') return isOver(record, now) ? 'expired' : 'open';
  if (record.status === 'confirmed') return 'accepted';
  return record.status === 'cancelled' ? 'declined' : 'expired';
}

function sameHash(known: string | null, given: string): boolean {
  return (
    known !== null && known.length === given.length && timingSafeEqual(Buffer.from(known), Buffer.from(given))
  );
}
