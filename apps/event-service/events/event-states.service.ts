import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AppError } from '#libs/contracts/app-error.js';
import type { EventImpact, TransitionBody } from '#libs/contracts/events/event-editing.js';
import type { Actor } from '#libs/domain/access/actor.js';
import { brokenPublishRules } from '#libs/domain/event/publish-rules.js';
import { statesAfter } from '#libs/domain/evidence/state-machine.js';
import { eventMachine } from '#libs/domain/evidence/state-machines.js';
import { formatShanghaiInstant } from '#libs/domain/time/shanghai-time.js';
import { writeAudit } from '#libs/persistence/audit/write-audit.js';
import { EventEntity, type Event, type EventState } from '#libs/persistence/entities/event.entity.js';
import { cancelMeetings } from '#libs/persistence/meetings/cancel-meetings.js';
import { syncEventInvitations } from '#libs/persistence/notifications/sync-invitations.js';
import { promoteWaiting } from '#libs/persistence/registrations/promote-waiting.js';
import { endUndecidedOfCancelled } from '#libs/persistence/registrations/undecided.js';
import { Clock } from '#libs/platform/clock.js';
import { Transactions, type Transaction } from '#libs/platform/database/transactions.js';
import { JobQueue } from '#libs/platform/queue/job-queue.js';
import { checkAgendaInside } from './event-checks.js';
import { countTables, lockEvent, ruleProblems } from './event-steps.js';

/** Leads events through the table of `eventMachine`. */
@Injectable()
export class EventStatesService {
  constructor(
    private readonly transactions: Transactions,
    private readonly clock: Clock,
    private readonly queue: JobQueue,
  ) {}

  transition(actor: Actor, id: string, body: TransitionBody): Promise<{ state: EventState }> {
    return this.transactions.run((transaction) => this.apply(transaction, actor, id, body));
  }

  /** The same in a transaction of the caller. */
  async apply(
    { manager, afterCommit }: Transaction,
    actor: Actor,
    id: string,
    { action, note }: TransitionBody,
  ): Promise<{ state: EventState }> {
    const now = this.clock.now();
    const event = await lockEvent(manager, id);
    if (event.isTemplate) throw new AppError('event.template-has-no-state');
    const [state] = statesAfter(eventMachine, event.state, action);
    if (state === undefined) throw new AppError('transition.not-allowed', { from: event.state, action });
    await this.checkGuard(manager, event, { action, note }, now);
    await manager.update(EventEntity, { id }, { state, updatedAt: now, ...stamps(action, note, now) });
    await writeAudit(manager, {
      actorId: actor.personId,
      action: `${action.replace('_', '-')}-event`,
      subjectKind: 'event',
      subjectId: id,
      detail: { from: event.state, to: state, ...(note === null ? {} : { note }) },
    });
    const wake = await this.consequences(manager, actor, { ...event, state }, { action, note }, now);
    afterCommit(() => this.queue.wake('send-notification', wake));
    return { state };
  }

  /** Who would hear of a change or cancellation of the event now. */
  async impact(id: string): Promise<EventImpact> {
    const [row] = await this.transactions.manager.query<EventImpact[]>(
      `SELECT count(r.id) FILTER (WHERE r.status = 'confirmed')::int AS confirmed,
              count(r.id) FILTER (WHERE r.status = 'offered')::int AS offered,
              count(r.id) FILTER (WHERE r.status = 'waitlisted')::int AS waitlisted,
              count(r.id) FILTER (WHERE r.status = 'pending')::int AS pending,
              (SELECT count(*)::int FROM meeting m WHERE m.event_id = e.id AND m.status = 'scheduled') AS meetings
       FROM event e LEFT JOIN registration r ON r.event_id = e.id WHERE e.id = $1 GROUP BY e.id`,
      [id],
    );
    if (row === undefined) throw new AppError('record.not-found', { what: '活动' });
    return row;
  }

  private async checkGuard(
    manager: EntityManager,
    event: Event,
    { action, note }: TransitionBody,
    now: Date,
  ): Promise<void> {
    if (action === 'publish') {
      const broken = brokenPublishRules(event, await countTables(manager, event.id), now);
      if (broken.length > 0)
        throw new AppError('event.not-ready', { count: broken.length }, ruleProblems(broken));
      await checkAgendaInside(manager, event);
    }
    if (action === 'hold') await checkHeld(manager, event, now);
    if (action === 'cancel' && (note === null || note === '')) throw new AppError('event.note-needed');
  }

  private async consequences(
    manager: EntityManager,
    actor: Actor,
    event: Event,
    { action, note }: TransitionBody,
    now: Date,
  ): Promise<string[]> {
    const { id } = event;
    const by = { actorId: actor.personId, reason: note ?? '' };
    const released = action === 'cancel' ? await releaseRoomsAndMeetings(manager, id, by, now) : [];
    if (action === 'cancel') released.push(...(await endUndecidedOfCancelled(manager, event, by, now)));
    if (action === 'publish' || action === 'cancel')
      return [...released, ...(await syncEventInvitations(manager, id, now))];
    // Seats may have become free while registration was closed.
    return action === 'reopen_registration' ? promoteWaiting(manager, id, now) : [];
  }
}

function stamps(action: TransitionBody['action'], note: string | null, now: Date): Partial<Event> {
  if (action === 'publish') return { publishedAt: now };
  if (action === 'hold') return { heldAt: now };
  return action === 'cancel' ? { stateNote: note } : {};
}

/** Held is what took place: it has begun and somebody was checked in. */
async function checkHeld(manager: EntityManager, event: Event, now: Date): Promise<void> {
  if (event.startsAt > now)
    throw new AppError('event.not-started', { startsAt: formatShanghaiInstant(event.startsAt, 'zh-CN') });
  const [row] = await manager.query<[{ came: boolean }]>(
    'SELECT EXISTS (SELECT FROM check_in WHERE event_id = $1) AS came',
    [event.id],
  );
  if (!row.came) throw new AppError('event.nobody-came');
}

/** Rooms, tables and people's time are free for other events again; confirmed registrations stay as history. */
async function releaseRoomsAndMeetings(
  manager: EntityManager,
  eventId: string,
  cancellation: { readonly actorId: string; readonly reason: string },
  now: Date,
): Promise<string[]> {
  await manager.query('UPDATE agenda_session SET holds_room = false WHERE event_id = $1', [eventId]);
  const meetings: { id: string }[] = await manager.query(
    "SELECT id FROM meeting WHERE event_id = $1 AND status IN ('requested', 'scheduled') ORDER BY id",
    [eventId],
  );
  return cancelMeetings(
    manager,
    meetings.map((meeting) => meeting.id),
    cancellation,
    now,
  );
}
