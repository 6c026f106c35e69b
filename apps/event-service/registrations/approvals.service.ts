import { Injectable } from '@nestjs/common';
import { AppError } from '#libs/contracts/app-error.js';
import type { AddParticipantBody, BulkOutcome } from '#libs/contracts/registrations/organizer.js';
import type { Registered } from '#libs/contracts/registrations/registration.js';
import type { Actor } from '#libs/domain/access/actor.js';
import { isEventOver } from '#libs/domain/registration/registration-window.js';
import { syncAttendeeInvitations } from '#libs/persistence/notifications/sync-invitations.js';
import { changeSeats } from '#libs/persistence/registrations/lock-event.js';
import { countPasses, offerSeats } from '#libs/persistence/registrations/offer-seats.js';
import { planSeats } from '#libs/persistence/registrations/plan-seats.js';
import { writeRegistrationMails } from '#libs/persistence/registrations/write-registration-mails.js';
import { Transactions } from '#libs/platform/database/transactions.js';
import { AdmissionDesk } from './admission-desk.js';
import { SeatingService, type Seating } from './seating.service.js';

interface Pending {
  readonly id: string;
  readonly personId: string;
  readonly size: number;
}

/** What organizers decide about registrations. */
@Injectable()
export class ApprovalsService {
  constructor(
    private readonly transactions: Transactions,
    private readonly seating: SeatingService,
    private readonly desk: AdmissionDesk,
  ) {}

  /** Approved registrations get seats in the order in which they were made, or go to the end of the waiting list. */
  approve(actor: Actor, eventId: string, ids: readonly string[]): Promise<BulkOutcome> {
    return this.seating.run(eventId, async (seating) => {
      const { manager, event, now, wake } = seating;
      if (event.state === 'cancelled')
        throw new AppError('registration.event-cancelled', { event: event.title });
      if (isEventOver(event, now)) throw new AppError('registration.event-over', { event: event.title });
      const pending: Pending[] = await manager.query(
        `SELECT id, person_id AS "personId", group_size AS size FROM registration
         WHERE event_id = $1 AND id = ANY($2) AND status = 'pending' ORDER BY created_at, id`,
        [eventId, ids],
      );
      const plan = await planSeats(
        manager,
        event,
        pending.map(({ id, size }) => ({ key: id, size })),
      );
      const seated = pending.filter(({ id }) => plan.seated.has(id));
      const queued = pending.filter(({ id }) => !plan.seated.has(id));
      await this.confirm(actor, seating, seated);
      await this.queueUp(actor, seating, queued);
      await countPasses(manager, plan.skipped);
      wake.push(...(await offerSeats(manager, event, plan.offers, now)));
      const outcomes = new Map(
        pending.map(({ id }) => [id, plan.seated.has(id) ? 'confirmed' : 'waitlisted'] as const),
      );
      return { results: ids.map((id) => ({ id, outcome: outcomes.get(id) ?? ('unchanged' as const) })) };
    });
  }

  reject(actor: Actor, eventId: string, ids: readonly string[], note: string): Promise<BulkOutcome> {
    return this.seating.run(eventId, async (seating) => {
      const ended = await this.seating.end(seating, {
        ids,
        from: ['pending', 'waitlisted'],
        to: 'rejected',
        note,
        actorId: actor.personId,
        action: 'reject-registration',
        mail: 'registration-rejected',
      });
      const rejected = new Set(ended.map((row) => row.id));
      return { results: ids.map((id) => ({ id, outcome: rejected.has(id) ? 'rejected' : 'unchanged' })) };
    });
  }

  /** Puts in somebody who has an account; approval and the registration window do not apply, the capacity does. */
  async add(actor: Actor, eventId: string, body: AddParticipantBody): Promise<Registered> {
    const email = body.email.toLowerCase();
    const people: { id: string; name: string }[] = await this.transactions.manager.query(
      'SELECT id, name FROM person WHERE email = $1 AND disabled_at IS NULL',
      [email],
    );
    const person = people[0];
    if (person === undefined) throw new AppError('registration.no-person', { email });
    return this.desk.admit({
      eventId,
      personId: person.id,
      personName: person.name,
      organisationId: null,
      groupSize: body.groupSize,
      answers: body.answers,
      addedBy: actor.personId,
    });
  }

  private async confirm(actor: Actor, seating: Seating, rows: readonly Pending[]): Promise<void> {
    if (rows.length === 0) return;
    const { manager, event, now, wake } = seating;
    await changeSeats(
      manager,
      event,
      rows.reduce((sum, row) => sum + row.size, 0),
    );
    await this.approveInto(actor, seating, rows, 'confirmed');
    const people = rows.map((row) => row.personId);
    wake.push(...(await syncAttendeeInvitations(manager, event.id, people, now)));
  }

  private async queueUp(actor: Actor, seating: Seating, rows: readonly Pending[]): Promise<void> {
    if (rows.length === 0) return;
    const { manager, event } = seating;
    const counted: { waiting: number }[] = await manager.query(
      "SELECT count(*)::int AS waiting FROM registration WHERE event_id = $1 AND status = 'waitlisted'",
      [event.id],
    );
    await this.approveInto(actor, seating, rows, 'waitlisted');
    const mails = rows.map(({ id }, index) => ({
      registrationId: id,
      topic: 'registration-waitlisted' as const,
      occasion: 'approved',
      payload: { position: counted[0]!.waiting + index + 1 },
    }));
    seating.wake.push(...(await writeRegistrationMails(manager, mails)));
  }

  private async approveInto(
    actor: Actor,
    { manager, event, now }: Seating,
    rows: readonly Pending[],
    status: 'confirmed' | 'waitlisted',
  ): Promise<void> {
    await manager.query(
      `WITH approved AS (
         UPDATE registration SET status = $3, updated_at = $4,
           seats_held = CASE WHEN $3 = 'confirmed' THEN group_size ELSE 0 END,
           confirmed_at = CASE WHEN $3 = 'confirmed' THEN $4::timestamptz END,
           waiting_since = CASE WHEN $3 = 'waitlisted' THEN greatest($4::timestamptz,
             (SELECT max(waiting_since) FROM registration WHERE event_id = $1 AND status = 'waitlisted')) END
         WHERE event_id = $1 AND id = ANY($2) AND status = 'pending' RETURNING id)
       INSERT INTO audit_entry (actor_id, action, subject_kind, subject_id, detail)
       SELECT $5, 'approve-registration', 'registration', id, jsonb_build_object('to', $3::text) FROM approved`,
      [event.id, rows.map((row) => row.id), status, now, actor.personId],
    );
  }
}
