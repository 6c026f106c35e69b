import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AppError } from '#libs/contracts/app-error.js';
import type {
  BoardMeeting,
  BoardQuery,
  PublishReport,
  TimetableBoardView,
  TimetableChanges,
  TimetableComparison,
  TimetableSummary,
  TimetableVersions,
} from '#libs/contracts/meetings/timetables.js';
import type { Actor } from '#libs/domain/access/actor.js';
import { loadGrid } from '#libs/persistence/meetings/event-grid.js';
import { unavailableTimes } from '#libs/persistence/meetings/unavailable-times.js';
import { Clock } from '#libs/platform/clock.js';
import { brokenConstraint, Transactions } from '#libs/platform/database/transactions.js';
import { JobQueue } from '#libs/platform/queue/job-queue.js';
import { readLastChange } from './board-changes.js';
import { compareTimetables } from './compare-versions.js';
import { eventOf, lockTimetabledEvent } from './event-gate.js';
import { loadEventHead } from './meeting-rows.js';
import { findDoubleBooking, publishTimetable } from './publish-timetable.js';
import { readBoardMeetings } from './read-board.js';
import { readChanges } from './read-changes.js';
import { loadTimetable, loadTimetables, loadVersions } from './timetable-rows.js';

/** Computing, looking at and publishing the timetables of an event. */
@Injectable()
export class TimetablesService {
  constructor(
    private readonly transactions: Transactions,
    private readonly clock: Clock,
    private readonly queue: JobQueue,
  ) {}

  /** Asks the worker for a timetable; one that waits or runs already is answered instead of a second one. */
  async compute(actor: Actor | null, eventId: string): Promise<{ id: string }> {
    return this.transactions.run(async ({ manager, afterCommit }) => {
      const now = this.clock.now();
      const grid = await lockTimetabledEvent(manager, eventId, now);
      const [running] = await manager.query<{ id: string }[]>(
        "SELECT id FROM timetable WHERE event_id = $1 AND change IS NULL AND status IN ('queued', 'computing') LIMIT 1",
        [eventId],
      );
      if (running !== undefined) return running;
      const [waiting] = await manager.query<unknown[]>(
        "SELECT 1 FROM meeting WHERE event_id = $1 AND status IN ('requested', 'scheduled') LIMIT 1",
        [eventId],
      );
      if (waiting === undefined) throw new AppError('timetable.no-meetings', { event: grid.title });
      const [row] = await manager.query<{ id: string }[]>(
        `INSERT INTO timetable (event_id, version_no, created_by, created_at)
         SELECT $1, coalesce(max(version_no), 0) + 1, $2, $3 FROM timetable WHERE event_id = $1 RETURNING id`,
        [eventId, actor?.personId ?? null, now],
      );
      const { id } = row!;
      afterCommit(() => this.queue.wake('build-timetable', [id]));
      return { id };
    });
  }

  status(id: string): Promise<TimetableSummary> {
    return loadTimetable(this.transactions.manager, id);
  }

  /** Asks the worker to be content with the best found so far; without effect on what is computed already. */
  async stop(id: string): Promise<{ ok: true }> {
    const { manager } = this.transactions;
    await loadTimetable(manager, id);
    await manager.query(
      `INSERT INTO timetable_progress (timetable_id, stage, seconds, stop) VALUES ($1, 'construct', 0, true)
       ON CONFLICT (timetable_id) DO UPDATE SET stop = true`,
      [id],
    );
    return { ok: true };
  }

  async versions(eventId: string): Promise<TimetableVersions> {
    return { rows: await loadVersions(this.transactions.manager, eventId) };
  }

  async compare(id: string, otherId: string): Promise<TimetableComparison> {
    const { manager } = this.transactions;
    const eventId = await eventOf(manager, 'timetable', id);
    if (eventId !== (await eventOf(manager, 'timetable', otherId)))
      throw new AppError('timetable.other-event');
    const grid = await loadGrid(manager, eventId, this.clock.now());
    if (grid === null) throw new AppError('record.not-found', { what: '活动' });
    return compareTimetables(manager, otherId, id, grid);
  }

  async board(eventId: string, query: BoardQuery): Promise<TimetableBoardView> {
    const { manager } = this.transactions;
    const now = this.clock.now();
    const grid = await loadGrid(manager, eventId, now);
    if (grid === null) throw new AppError('record.not-found', { what: '活动' });
    const timetables = await loadTimetables(manager, eventId);
    const find = (status: string) => timetables.find((timetable) => timetable.status === status) ?? null;
    const [draft, published] = [find('draft'), find('published')];
    const isDraft = draft !== null && query.shown !== 'published';
    const newest = timetables[0];
    const meetings = await readBoardMeetings(
      manager,
      eventId,
      (isDraft ? draft : published)?.id ?? null,
      isDraft,
      grid.settledBefore,
    );
    const places = meetings.flatMap(({ place }) =>
      place === null ? [] : [[place.startsAt, place.endsAt] as const],
    );
    const openStarts = new Set(grid.open.map((slot) => slot.start));
    const slots = new Map([
      ...grid.slots.map(
        ({ start, end }) => [new Date(start).toISOString(), new Date(end).toISOString()] as const,
      ),
      // Such that lie off the grid, because its settings changed since.
      ...places.filter(([startsAt]) => !grid.slots.some((slot) => slot.start === Date.parse(startsAt))),
    ]);
    return {
      event: await loadEventHead(manager, eventId),
      slots: [...slots]
        .map(([startsAt, endsAt]) => ({ startsAt, endsAt, open: openStarts.has(Date.parse(startsAt)) }))
        .sort((a, b) => (a.startsAt < b.startsAt ? -1 : 1)),
      tables: grid.tables.map((table) => ({ ...table, features: [...table.features] })),
      roomChangeMinutes: grid.roomChangeMinutes,
      shown: isDraft ? 'draft' : 'published',
      draft,
      published,
      latest:
        newest !== undefined && ['queued', 'computing', 'failed'].includes(newest.status) ? newest : null,
      lastChange: isDraft ? await readLastChange(manager, draft.id) : null,
      away: await readAway(manager, eventId, meetings),
      meetings,
    };
  }

  async changes(id: string): Promise<TimetableChanges> {
    const { manager } = this.transactions;
    const grid = await loadGrid(manager, await eventOf(manager, 'timetable', id), this.clock.now());
    if (grid === null) throw new AppError('record.not-found', { what: '活动' });
    return readChanges(manager, id, grid);
  }

  async publish(actor: Actor | null, id: string): Promise<PublishReport> {
    try {
      return await this.transactions.run(async ({ manager, afterCommit }) => {
        const now = this.clock.now();
        const grid = await lockTimetabledEvent(manager, await eventOf(manager, 'timetable', id), now);
        const { report, wake } = await publishTimetable(manager, id, grid, actor?.personId ?? null, now);
        afterCommit(() => this.queue.wake('send-notification', wake));
        return report;
      });
    } catch (error) {
      const constraint = brokenConstraint(error);
      if (constraint === 'meeting_table_once') throw new AppError('record.changed');
      if (constraint !== 'meeting_seat_person_once') throw error;
      // Somebody else committed a meeting of the same person meanwhile: now it can be named.
      throw (await findDoubleBooking(this.transactions.manager, id)) ?? new AppError('record.changed');
    }
  }
}

async function readAway(
  manager: EntityManager,
  eventId: string,
  meetings: readonly BoardMeeting[],
): Promise<TimetableBoardView['away']> {
  const people = new Set(
    meetings.flatMap(({ enterprise, institute, guests }) =>
      [enterprise, institute, ...guests].map((one) => one.personId),
    ),
  );
  const spans = await unavailableTimes(manager, eventId, [...people]);
  return [...spans].flatMap(([personId, list]) =>
    list.map(({ start, end }) => ({
      personId,
      startsAt: new Date(start).toISOString(),
      endsAt: new Date(end).toISOString(),
    })),
  );
}
