import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AppError } from '#libs/contracts/app-error.js';
import type { AskBody, MeetingPartners, MyRequests, ProposeBody } from '#libs/contracts/meetings/requests.js';
import type { Actor } from '#libs/domain/access/actor.js';
import { writeAudit } from '#libs/persistence/audit/write-audit.js';
import type { EventGrid } from '#libs/persistence/meetings/event-grid.js';
import { Clock } from '#libs/platform/clock.js';
import { brokenConstraint, Transactions } from '#libs/platform/database/transactions.js';
import { JobQueue } from '#libs/platform/queue/job-queue.js';
import { acceptRequest } from './accept-request.js';
import { lockArrangeableEvent } from './event-gate.js';
import { readPartners, readRequests } from './read-requests.js';
import { findRequest, tellOf, type RequestRow } from './request-rows.js';

const DAY = 86_400_000;
/** How long the other side has for an answer, but not beyond the first slot. */
const ANSWER_DAYS = 3;

/** Asking others at an event for a meeting, and answering. */
@Injectable()
export class RequestsService {
  constructor(
    private readonly transactions: Transactions,
    private readonly clock: Clock,
    private readonly queue: JobQueue,
  ) {}

  mine(actor: Actor, eventId: string): Promise<MyRequests> {
    return readRequests(this.transactions.manager, eventId, actor.personId, this.clock.now());
  }

  partners(actor: Actor, eventId: string, q: string | undefined): Promise<MeetingPartners> {
    return readPartners(this.transactions.manager, eventId, actor.personId, q ?? '');
  }

  async ask(actor: Actor, eventId: string, body: AskBody): Promise<{ id: string }> {
    try {
      return await this.transactions.run(async ({ manager, afterCommit }) => {
        const now = this.clock.now();
        const grid = await lockArrangeableEvent(manager, eventId, now);
        const slot = slotOf(grid, body.startsAt);
        const [from, to] = await sidesOf(manager, eventId, actor.personId, body);
        await refuseTwice(manager, eventId, from, to);
        const [row] = await manager.query<{ id: string }[]>(
          `INSERT INTO meeting_request (event_id, from_person_id, from_organisation_id, to_person_id, to_organisation_id,
             starts_at, ends_at, message, answer_by, created_at, updated_at)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10) RETURNING id`,
          [
            eventId,
            from.personId,
            from.organisationId,
            to.personId,
            to.organisationId,
            slot?.start ?? null,
            slot?.end ?? null,
            body.message ?? null,
            answerBy(grid, slot, now),
            now,
          ],
        );
        const { id } = row!;
        const mails = await tellOf(
          manager,
          await findRequest(manager, id, actor.personId),
          'to',
          'asked',
          now,
        );
        await audit(manager, actor, 'ask-for-meeting', id);
        afterCommit(() => this.queue.wake('send-notification', mails));
        return { id };
      });
    } catch (error) {
      if (brokenConstraint(error) === 'meeting_request_open_once') throw new AppError('record.changed');
      throw error;
    }
  }

  accept(actor: Actor, id: string): Promise<{ ok: true }> {
    return this.answer(actor, id, async (manager, row, grid, now) => {
      const mails = await acceptRequest(manager, row, grid, now);
      const asker = row.lastWordBy;
      return [...mails, ...(await tellOf(manager, row, asker, 'accepted', now))];
    });
  }

  decline(actor: Actor, id: string, reason: string | null): Promise<{ ok: true }> {
    return this.answer(actor, id, async (manager, row, _, now) => {
      await close(manager, row, 'declined', reason, now);
      return tellOf(manager, { ...row, reason }, row.lastWordBy, 'declined', now);
    });
  }

  propose(actor: Actor, id: string, body: ProposeBody): Promise<{ ok: true }> {
    return this.answer(actor, id, async (manager, row, grid, now) => {
      const slot = slotOf(grid, body.startsAt);
      const lastWordBy = row.lastWordBy === 'from' ? 'to' : 'from';
      await manager.query(
        `UPDATE meeting_request SET last_word_by = $2, starts_at = $3, ends_at = $4, message = $5, answer_by = $6,
                updated_at = $7 WHERE id = $1`,
        [
          id,
          lastWordBy,
          slot?.start ?? null,
          slot?.end ?? null,
          body.message ?? null,
          answerBy(grid, slot, now),
          now,
        ],
      );
      return tellOf(manager, await findRequest(manager, id, actor.personId), row.lastWordBy, 'proposed', now);
    });
  }

  /** By who said the last word, as long as nobody answered. */
  async withdraw(actor: Actor, id: string): Promise<{ ok: true }> {
    return this.transactions.run(async ({ manager, afterCommit }) => {
      const now = this.clock.now();
      const row = await lockRequest(manager, id, actor.personId, now);
      const other = row.lastWordBy === 'from' ? 'to' : 'from';
      if (row.status !== 'open' || sideOf(row, actor.personId) === other)
        throw new AppError('request.not-your-turn');
      await close(manager, row, 'withdrawn', null, now);
      await audit(manager, actor, 'withdraw-meeting-request', id);
      const mails = await tellOf(manager, row, other, 'withdrawn', now);
      afterCommit(() => this.queue.wake('send-notification', mails));
      return { ok: true };
    });
  }

  private answer(
    actor: Actor,
    id: string,
    work: (manager: EntityManager, row: RequestRow, grid: EventGrid, now: Date) => Promise<string[]>,
  ): Promise<{ ok: true }> {
    return this.transactions.run(async ({ manager, afterCommit }) => {
      const now = this.clock.now();
      const first = await findRequest(manager, id, actor.personId);
      const grid = await lockArrangeableEvent(manager, first.eventId, now);
      const row = await findRequest(manager, id, actor.personId);
      if (row.status !== 'open' || sideOf(row, actor.personId) === row.lastWordBy)
        throw new AppError('request.not-your-turn');
      if (row.answerBy <= now) throw new AppError('request.expired');
      const mails = await work(manager, row, grid, now);
      await audit(manager, actor, 'answer-meeting-request', id);
      afterCommit(() => this.queue.wake('send-notification', mails));
      return { ok: true };
    });
  }
}

const sideOf = (row: RequestRow, personId: string): 'from' | 'to' =>
  row.fromPersonId === personId ? 'from' : 'to';

const audit = (manager: EntityManager, actor: Actor, action: string, subjectId: string): Promise<void> =>
  writeAudit(manager, { actorId: actor.personId, action, subjectKind: 'meeting-request', subjectId });

async function lockRequest(
  manager: EntityManager,
  id: string,
  personId: string,
  now: Date,
): Promise<RequestRow> {
  const { eventId } = await findRequest(manager, id, personId);
  await lockArrangeableEvent(manager, eventId, now);
  return findRequest(manager, id, personId);
}

async function close(
  manager: EntityManager,
  row: RequestRow,
  status: 'declined' | 'withdrawn',
  reason: string | null,
  now: Date,
): Promise<void> {
  await manager.query(
    'UPDATE meeting_request SET status = $2, reason = $3, answered_at = $4, updated_at = $4 WHERE id = $1',
    [row.id, status, reason, now],
  );
}

function slotOf(grid: EventGrid, startsAt: string | null): { start: Date; end: Date } | null {
  if (startsAt === null) return null;
  const slot = grid.open.find((candidate) => candidate.start === Date.parse(startsAt));
  if (slot === undefined) throw new AppError('request.slot-unknown');
  return { start: new Date(slot.start), end: new Date(slot.end) };
}

/** Three days, but before the slot asked for begins, else before the last open one does. */
function answerBy(grid: EventGrid, slot: { start: Date } | null, now: Date): Date {
  const limit = slot?.start.getTime() ?? grid.open.at(-1)?.start ?? Number.POSITIVE_INFINITY;
  const usual = now.getTime() + ANSWER_DAYS * DAY;
  return new Date(limit > now.getTime() ? Math.min(usual, limit) : usual);
}

interface RequestSide {
  personId: string;
  organisationId: string;
  organisation: string;
}

/** The asker's own registration, and of the organisation asked the person wanted, else who registered first. */
async function sidesOf(
  manager: EntityManager,
  eventId: string,
  personId: string,
  { organisationId, personId: wantedId }: Pick<AskBody, 'organisationId' | 'personId'>,
): Promise<[RequestSide, RequestSide]> {
  const rows = await manager.query<(RequestSide & { mine: boolean })[]>(
    `SELECT r.person_id AS "personId", o.id AS "organisationId", o.name AS organisation, r.person_id = $2 AS mine
     FROM registration r JOIN organisation o ON o.id = r.organisation_id
     WHERE r.event_id = $1 AND r.status = 'confirmed' AND (r.person_id = $2 OR o.id = $3) ORDER BY r.created_at, r.id`,
    [eventId, personId, organisationId],
  );
  const from = rows.find((row) => row.mine);
  if (from === undefined) throw new AppError('request.not-registered');
  const there = rows.filter((row) => !row.mine && row.organisationId === organisationId);
  const [first] = there;
  const to = wantedId == null ? first : there.find((row) => row.personId === wantedId);
  if (to === undefined && first !== undefined)
    throw new AppError('request.person-not-there', { organisation: first.organisation });
  if (to === undefined || from.organisationId === organisationId) {
    const [named] = await manager.query<{ name: string }[]>('SELECT name FROM organisation WHERE id = $1', [
      organisationId,
    ]);
    throw new AppError('request.nobody-there', { organisation: named?.name ?? '' });
  }
  return [from, to];
}

async function refuseTwice(
  manager: EntityManager,
  eventId: string,
  from: RequestSide,
  to: RequestSide,
): Promise<void> {
  const [meeting] = await manager.query<unknown[]>(
    `SELECT 1 FROM meeting WHERE event_id = $1 AND status <> 'cancelled'
     AND $2 IN (enterprise_person_id, institute_person_id) AND $3 IN (enterprise_person_id, institute_person_id)`,
    [eventId, from.personId, to.personId],
  );
  if (meeting !== undefined)
    throw new AppError('meeting.exists', { enterprise: from.organisation, institute: to.organisation });
  const [open] = await manager.query<unknown[]>(
    `SELECT 1 FROM meeting_request WHERE event_id = $1 AND status = 'open' AND $2 IN (from_person_id, to_person_id)
     AND $3 IN (from_person_id, to_person_id)`,
    [eventId, from.personId, to.personId],
  );
  if (open !== undefined) throw new AppError('request.open-already', { organisation: to.organisation });
}
