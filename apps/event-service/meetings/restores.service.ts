import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AppError } from '#libs/contracts/app-error.js';
import type { RestorePreview } from '#libs/contracts/meetings/restore.js';
import type { AnnouncementView } from '#libs/contracts/notifications/announcement.js';
import type { Actor } from '#libs/domain/access/actor.js';
import { writeAudit } from '#libs/persistence/audit/write-audit.js';
import type { EventGrid } from '#libs/persistence/meetings/event-grid.js';
import { spreadNext } from '#libs/persistence/notifications/spread.js';
import { Clock } from '#libs/platform/clock.js';
import { Transactions } from '#libs/platform/database/transactions.js';
import { readAnnouncement } from '../events/read-announcement.js';
import { eventOf, lockTimetabledEvent } from './event-gate.js';
import { writePlaces } from './placement-rows.js';
import { publishTimetable } from './publish-timetable.js';
import { readChanges } from './read-changes.js';
import { restorePlaces, type RestoredPlaces } from './restore-places.js';

const BATCH = 500;

interface Restored extends RestoredPlaces {
  readonly id: string;
  readonly versionNo: number;
  readonly nextNo: number;
  readonly replaces: number | null;
}

/** Older versions of a timetable as new drafts; what was is never written anew. */
@Injectable()
export class RestoresService {
  constructor(
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  /** Restores, publishes, reads what came of it, and takes everything back: the preview cannot differ from the deed. */
  preview(id: string): Promise<RestorePreview> {
    return this.transactions.tryOut(async ({ manager }) => {
      const now = this.clock.now();
      // Spreading waits for the event's row and not the other way round: its lock comes first here, too.
      await spreadNext(manager, 0, now);
      const grid = await this.lock(manager, id);
      const restored = await restore(manager, id, grid, null, now);
      const { versionNo, nextNo, replaces, kept } = restored;
      return {
        versionNo,
        nextNo,
        replaces,
        kept,
        dropped: toDropped(restored, grid),
        changes: await readChanges(manager, restored.id, grid),
        messages: await foretell(manager, restored.id, grid, now),
      };
    });
  }

  async restore(actor: Actor | null, id: string): Promise<{ id: string }> {
    return this.transactions.run(async ({ manager }) => {
      const now = this.clock.now();
      const grid = await this.lock(manager, id);
      const restored = await restore(manager, id, grid, actor?.personId ?? null, now);
      await writeAudit(manager, {
        actorId: actor?.personId ?? null,
        action: 'restore-timetable',
        subjectKind: 'timetable',
        subjectId: restored.id,
        detail: { from: restored.versionNo, to: restored.nextNo, dropped: restored.dropped.length },
      });
      return { id: restored.id };
    });
  }

  private async lock(manager: EntityManager, id: string): Promise<EventGrid> {
    return lockTimetabledEvent(manager, await eventOf(manager, 'timetable', id), this.clock.now());
  }
}

/** Writes the places of a version as a new draft; the event's row is locked. */
async function restore(
  manager: EntityManager,
  id: string,
  grid: EventGrid,
  actorId: string | null,
  now: Date,
): Promise<Restored> {
  const [old] = await manager.query<{ versionNo: number; status: string; running: boolean }[]>(
    `SELECT version_no AS "versionNo", status, EXISTS (SELECT FROM timetable r
       WHERE r.event_id = t.event_id AND r.status IN ('queued', 'computing')) AS running
     FROM timetable t WHERE id = $1`,
    [id],
  );
  if (old?.running) throw new AppError('timetable.running');
  if (old?.status !== 'superseded' && old?.status !== 'published')
    throw new AppError('timetable.not-restorable');
  const restored = await restorePlaces(manager, id, grid);
  const [[draft]] = await manager.query<[{ versionNo: number }[], number]>(
    `UPDATE timetable SET status = 'superseded' WHERE event_id = $1 AND status = 'draft'
     RETURNING version_no AS "versionNo"`,
    [grid.eventId],
  );
  const [next] = await manager.query<{ id: string; versionNo: number }[]>(
    `INSERT INTO timetable (event_id, version_no, status, created_by, created_at, computed_at)
     SELECT $1, max(version_no) + 1, 'draft', $2, $3, $3 FROM timetable WHERE event_id = $1
     RETURNING id, version_no AS "versionNo"`,
    [grid.eventId, actorId, now],
  );
  const ids = restored.places.map(({ meetingId }) => meetingId);
  await writePlaces(manager, next!.id, ids, restored.places);
  await manager.query(
    `UPDATE timetable SET unplaced = (SELECT coalesce(jsonb_agg(jsonb_build_object('meetingId', m, 'reason', 'not-computed',
       'detail', '{}'::jsonb)), '[]') FROM unnest($2::uuid[]) m) WHERE id = $1`,
    [next!.id, unplacedIds(restored)],
  );
  await manager.query('SET CONSTRAINTS ALL IMMEDIATE');
  const { versionNo } = old;
  return {
    ...restored,
    id: next!.id,
    versionNo,
    nextNo: next!.versionNo,
    replaces: draft?.versionNo ?? null,
  };
}

function unplacedIds({ meetings, places }: RestoredPlaces): string[] {
  const placed = new Set(places.map(({ meetingId }) => meetingId));
  return meetings.filter(({ id, settled }) => !settled && !placed.has(id)).map(({ id }) => id);
}

function toDropped({ dropped }: RestoredPlaces, grid: EventGrid): RestorePreview['dropped'] {
  return dropped.flatMap(({ meeting: { id, name, place }, reason }) => {
    if (place === null) return [];
    const table = grid.tables.find((candidate) => candidate.id === place.tableId)?.label ?? '';
    const startsAt = new Date(place.start).toISOString();
    const endsAt = new Date(place.end).toISOString();
    return [{ meetingId: id, name, reason, place: { startsAt, endsAt, tableId: place.tableId, table } }];
  });
}

/** Who would get what, were the draft published; null while it cannot be. */
async function foretell(
  manager: EntityManager,
  id: string,
  grid: EventGrid,
  now: Date,
): Promise<AnnouncementView | null> {
  // Ids made later are greater (uuidv7).
  const [since] = await manager.query<[{ id: string }]>('SELECT uuidv7() AS id');
  try {
    await publishTimetable(manager, id, grid, null, now);
  } catch (error) {
    if (error instanceof AppError) return null;
    throw error;
  }
  while ((await spreadNext(manager, BATCH, now)) === BATCH);
  return readAnnouncement(manager, since.id, now);
}
