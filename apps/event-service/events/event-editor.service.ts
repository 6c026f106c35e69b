import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AppError } from '#libs/contracts/app-error.js';
import type { EventChange, EventCreation } from '#libs/contracts/events/event-editing.js';
import type { Actor } from '#libs/domain/access/actor.js';
import { lockedFields } from '#libs/domain/access/event-access.js';
import { writeAudit } from '#libs/persistence/audit/write-audit.js';
import { EventEntity, type Event } from '#libs/persistence/entities/event.entity.js';
import { syncEventInvitations } from '#libs/persistence/notifications/sync-invitations.js';
import { resetReminders } from '#libs/persistence/notifications/write-reminders.js';
import { promoteWaiting } from '#libs/persistence/registrations/promote-waiting.js';
import { tellUndecidedOfMove } from '#libs/persistence/registrations/undecided.js';
import { Clock } from '#libs/platform/clock.js';
import { brokenConstraint, Transactions, type Transaction } from '#libs/platform/database/transactions.js';
import { JobQueue } from '#libs/platform/queue/job-queue.js';
import { CodesService } from '../codes/codes.service.js';
import { checkAgendaInside, checkCapacity, checkMeetingsInside, checkValues } from './event-checks.js';
import { changedFields, newEvent, resolveChange } from './event-values.js';
import { checkProgramme, findOrCreateVenue, lockEvent, withEdition } from './event-steps.js';
import { moveAgendaAndMeetings, moveToVenue } from './move-event.js';

/** What attendees' calendars show of an event. */
const IN_CALENDARS = new Set(['title', 'titleEn', 'startsAt', 'endsAt', 'venueId', 'onlineUrl']);
/** What those who wait for a seat want to know. */
const MOVES = new Set(['startsAt', 'endsAt', 'venueId']);
const PUBLISHED = new Set(['published', 'registration_closed']);

/** Creates, changes and deletes events. */
@Injectable()
export class EventEditorService {
  constructor(
    private readonly transactions: Transactions,
    private readonly codes: CodesService,
    private readonly clock: Clock,
    private readonly queue: JobQueue,
  ) {}

  async create(actor: Actor, body: EventCreation): Promise<{ id: string }> {
    await this.codes.check({ kind: ['event-kind', body.kind] });
    const now = this.clock.now();
    return this.transactions.run(async ({ manager }) => {
      await checkProgramme(manager, body.programmeId ?? null);
      const venueId = body.venue ? await findOrCreateVenue(manager, body.venue) : null;
      const event = newEvent(body, { venueId, createdBy: actor.personId, now });
      await checkValues(manager, { ...event, id: '' }, { before: null, now });
      const result = await withEdition(this.transactions.manager, event, () =>
        manager.insert(EventEntity, event),
      );
      const id = String(result.identifiers[0]!['id']);
      await this.audit(manager, actor, 'create-event', id, { title: event.title });
      return { id };
    });
  }

  /** Throws `record.changed` when somebody saved after the editor's version. */
  change(actor: Actor, id: string, body: EventChange): Promise<void> {
    return this.transactions.run((transaction) => this.apply(transaction, actor, id, body));
  }

  /** The same in a transaction of the caller. */
  async apply(
    { manager, afterCommit }: Transaction,
    actor: Actor,
    id: string,
    body: EventChange,
  ): Promise<void> {
    await this.codes.check({ kind: ['event-kind', body.kind ?? null] });
    const now = this.clock.now();
    const before = await lockEvent(manager, id);
    if (before.updatedAt.getTime() !== Date.parse(body.updatedAt)) throw new AppError('record.changed');
    const place = body.venue ? await findOrCreateVenue(manager, body.venue) : null;
    const after = resolveChange(before, body, body.venue === undefined ? before.venueId : place);
    const fields = changedFields(before, after);
    const locked = lockedFields(before, fields);
    if (locked.length > 0) throw new AppError('event.not-editable', { fields: locked.join(', ') });
    await this.check(manager, before, after, now);
    await this.save(manager, before, { ...after, updatedAt: now }, body.moveAlong);
    await this.audit(manager, actor, 'change-event', id, { fields });
    const wake = await this.tellPeople(manager, before, { ...after, updatedAt: now }, fields);
    afterCommit(() => this.queue.wake('send-notification', wake));
  }

  /** Only drafts and templates that nothing refers to. */
  async remove(actor: Actor, id: string): Promise<void> {
    await this.transactions.run(async ({ manager }) => {
      const event = await lockEvent(manager, id);
      if (event.state !== 'draft') throw new AppError('event.delete-draft-only');
      try {
        await manager.delete(EventEntity, { id });
      } catch (error) {
        if (brokenConstraint(error) === null) throw error;
        throw new AppError('event.delete-draft-only');
      }
      await this.audit(manager, actor, 'delete-event', id, { title: event.title });
    });
  }

  private async check(manager: EntityManager, before: Event, after: Event, now: Date): Promise<void> {
    if (after.programmeId !== before.programmeId) await checkProgramme(manager, after.programmeId);
    checkCapacity(before, after.capacity);
    await checkValues(manager, after, { before, now });
  }

  private async save(manager: EntityManager, before: Event, after: Event, moveAlong: boolean): Promise<void> {
    const { id, ...values } = after;
    await withEdition(this.transactions.manager, after, () => manager.update(EventEntity, { id }, values));
    const moved = after.startsAt.getTime() - before.startsAt.getTime();
    if (after.venueId !== before.venueId) await moveToVenue(manager, id, after.venueId, !after.isTemplate);
    if (moveAlong && moved !== 0) await moveAgendaAndMeetings(manager, id, moved);
    await resetReminders(manager, id, movedAnchors(before, after));
    await checkAgendaInside(manager, after);
    await checkMeetingsInside(manager, after);
  }

  private async tellPeople(
    manager: EntityManager,
    before: Event,
    after: Event,
    fields: readonly string[],
  ): Promise<string[]> {
    if (!PUBLISHED.has(after.state)) return [];
    const now = this.clock.now();
    const promoted = after.capacity > before.capacity ? await promoteWaiting(manager, after.id, now) : [];
    const told = fields.some((field) => IN_CALENDARS.has(field))
      ? await syncEventInvitations(manager, after.id, now)
      : [];
    const moved = after.endsAt > now && fields.some((field) => MOVES.has(field));
    return [...promoted, ...told, ...(moved ? await tellUndecidedOfMove(manager, before, after) : [])];
  }

  private audit(
    manager: EntityManager,
    actor: Actor,
    action: string,
    subjectId: string,
    detail: Record<string, unknown>,
  ): Promise<void> {
    return writeAudit(manager, { actorId: actor.personId, action, subjectKind: 'event', subjectId, detail });
  }
}

/** Which of the two instants that reminders count from are others now. */
function movedAnchors(before: Event, after: Event): ('start' | 'end')[] {
  const start = before.startsAt.getTime() !== after.startsAt.getTime();
  const end = before.endsAt.getTime() !== after.endsAt.getTime();
  return [...(start ? (['start'] as const) : []), ...(end ? (['end'] as const) : [])];
}
