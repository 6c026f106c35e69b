import { Injectable } from '@nestjs/common';
import { AppError } from '#libs/contracts/app-error.js';
import type {
  AddMeetingBody,
  CollectBody,
  CollectReport,
  MeetingChange,
  MeetingChangeReport,
  MeetingPeoplePage,
  MeetingPeopleQuery,
} from '#libs/contracts/meetings/meetings.js';
import type { Actor } from '#libs/domain/access/actor.js';
import { writeAudit } from '#libs/persistence/audit/write-audit.js';
import { cancelMeetings, removeDraftPlaces } from '#libs/persistence/meetings/cancel-meetings.js';
import { sitsInMeeting } from '#libs/persistence/meetings/meeting-people.js';
import { Clock } from '#libs/platform/clock.js';
import { Transactions } from '#libs/platform/database/transactions.js';
import { JobQueue } from '#libs/platform/queue/job-queue.js';
import { addMeeting } from './add-meeting.js';
import { collectMeetings } from './collect-meetings.js';
import { eventOf, lockArrangeableEvent, lockTimetabledEvent } from './event-gate.js';
import { changeMeeting } from './meeting-settings.js';
import { refuseUnlessMeant } from './maxima-of-meeting.js';
import { closeRequests, reopenRequests } from './settle-requests.js';

/** What organizers do with the meetings of an event before a timetable places them. */
@Injectable()
export class OrganizerMeetingsService {
  constructor(
    private readonly transactions: Transactions,
    private readonly clock: Clock,
    private readonly queue: JobQueue,
  ) {}

  async collect(actor: Actor | null, eventId: string, body: CollectBody): Promise<CollectReport> {
    return this.transactions.run(async ({ manager }) => {
      const now = this.clock.now();
      await lockTimetabledEvent(manager, eventId, now);
      const beyondMaxima = body?.beyondMaxima ?? false;
      const report = await collectMeetings(manager, eventId, beyondMaxima, now);
      await writeAudit(manager, {
        actorId: actor?.personId ?? null,
        action: 'collect-meetings',
        subjectKind: 'event',
        subjectId: eventId,
        detail: {
          created: report.created,
          joined: report.joined,
          existing: report.existing,
          skipped: report.skipped.length,
          beyondMaxima,
        },
      });
      return report;
    });
  }

  async add(actor: Actor | null, eventId: string, body: AddMeetingBody): Promise<{ id: string }> {
    return this.transactions.run(async ({ manager }) => {
      const now = this.clock.now();
      const grid = await lockArrangeableEvent(manager, eventId, now);
      const id = await addMeeting(manager, eventId, body, now);
      await changeMeeting(manager, grid, id, body, now);
      const beyondMaxima = body.beyondMaxima ?? false;
      await refuseUnlessMeant(manager, eventId, id, beyondMaxima);
      await closeRequests(manager, [id], now);
      await writeAudit(manager, {
        actorId: actor?.personId ?? null,
        action: 'add-meeting',
        subjectKind: 'meeting',
        subjectId: id,
        detail: { eventId, beyondMaxima },
      });
      return { id };
    });
  }

  async change(actor: Actor | null, id: string, body: MeetingChange): Promise<MeetingChangeReport> {
    return this.transactions.run(async ({ manager }) => {
      const now = this.clock.now();
      const grid = await lockArrangeableEvent(manager, await eventOf(manager, 'meeting', id), now);
      const report = await changeMeeting(manager, grid, id, body, now);
      await writeAudit(manager, {
        actorId: actor?.personId ?? null,
        action: 'change-meeting',
        subjectKind: 'meeting',
        subjectId: id,
        detail: { ...body, ...report },
      });
      return report;
    });
  }

  /** Removes a meeting that was only asked for. One that people had in their calendars once is kept as cancelled. */
  async remove(actor: Actor | null, id: string): Promise<{ ok: true }> {
    return this.transactions.run(async ({ manager, afterCommit }) => {
      const now = this.clock.now();
      await lockArrangeableEvent(manager, await eventOf(manager, 'meeting', id), now);
      const [row] = await manager.query<{ status: string; told: boolean }[]>(
        `SELECT status, EXISTS (SELECT FROM calendar_object WHERE meeting_id = $1) AS told FROM meeting WHERE id = $1`,
        [id],
      );
      if (row?.status !== 'requested') throw new AppError('meeting.only-requested');
      const actorId = actor?.personId ?? null;
      if (row.told) {
        const ids = await cancelMeetings(manager, [id], { actorId, reason: '' }, now);
        afterCommit(() => this.queue.wake('send-notification', ids));
        return { ok: true };
      }
      await removeDraftPlaces(manager, [id]);
      await reopenRequests(manager, [id], now);
      await manager.query('DELETE FROM meeting WHERE id = $1', [id]);
      await writeAudit(manager, { actorId, action: 'remove-meeting', subjectKind: 'meeting', subjectId: id });
      return { ok: true };
    });
  }

  /** A locked meeting stays where it is now, in the draft or else as published, when a timetable is computed. */
  async lock(actor: Actor | null, id: string, locked: boolean): Promise<{ ok: true }> {
    return this.transactions.run(async ({ manager }) => {
      const now = this.clock.now();
      await lockArrangeableEvent(manager, await eventOf(manager, 'meeting', id), now);
      const [row] = await manager.query<{ status: string; placed: boolean }[]>(
        `SELECT status, status = 'scheduled' OR EXISTS (SELECT FROM placement p JOIN timetable t ON t.id = p.timetable_id
           WHERE p.meeting_id = $1 AND t.status = 'draft') AS placed FROM meeting WHERE id = $1`,
        [id],
      );
      if (row === undefined) throw new AppError('record.not-found', { what: '洽谈' });
      if (locked && (!row.placed || !['requested', 'scheduled'].includes(row.status))) {
        throw new AppError('meeting.nothing-to-lock');
      }
      await manager.query('UPDATE meeting SET locked = $2, updated_at = $3 WHERE id = $1', [id, locked, now]);
      await writeAudit(manager, {
        actorId: actor?.personId ?? null,
        action: locked ? 'lock-meeting' : 'unlock-meeting',
        subjectKind: 'meeting',
        subjectId: id,
      });
      return { ok: true };
    });
  }

  /** People who can have meetings: a confirmed registration for an organisation. */
  async people(eventId: string, query: MeetingPeopleQuery): Promise<MeetingPeoplePage> {
    const { page, pageSize, q, side } = query;
    const rows = await this.transactions.manager.query<
      (MeetingPeoplePage['rows'][number] & { total: number })[]
    >(
      `SELECT p.id AS "personId", p.name, o.id AS "organisationId", o.name AS organisation,
              o.kind AS "organisationKind", count(*) OVER ()::int AS total,
              (SELECT count(*) FROM meeting m WHERE m.event_id = $1 AND m.status <> 'cancelled'
                AND ${sitsInMeeting('p.id')})::int AS meetings
       FROM registration r JOIN person p ON p.id = r.person_id JOIN organisation o ON o.id = r.organisation_id
       WHERE r.event_id = $1 AND r.status = 'confirmed'
         AND ($2::text IS NULL OR strpos(lower(p.name || ' ' || o.name), lower($2)) > 0)
         AND ($3::text IS NULL OR (o.kind = 'enterprise') = ($3 = 'enterprise'))
       ORDER BY o.name, p.name, p.id LIMIT $4 OFFSET $5`,
      [eventId, q || null, side ?? null, pageSize, (page - 1) * pageSize],
    );
    return { rows, total: rows[0]?.total ?? 0, page, pageSize };
  }
}
