import type { EntityManager } from 'typeorm';
import { AppError } from '#libs/contracts/app-error.js';
import type { LastChange } from '#libs/contracts/meetings/timetables.js';
import type { MeetingPlace } from '#libs/domain/meetings/compare-places.js';
import type { BoardChange } from '#libs/persistence/entities/board-change.entity.js';
import type { DraftMeeting } from './placement-rows.js';

interface Written {
  readonly kind: BoardChange['kind'];
  readonly meetingIds: readonly string[];
  readonly after: readonly MeetingPlace[];
}

/** Remembers where meetings stood before a change of a draft. */
export async function recordChange(
  manager: EntityManager,
  timetableId: string,
  change: Written,
  meetings: readonly DraftMeeting[],
  actorId: string | null,
  now: Date,
): Promise<void> {
  const before = meetings.flatMap(({ id, place }): MeetingPlace[] =>
    place !== null && change.meetingIds.includes(id) ? [{ meetingId: id, ...place }] : [],
  );
  const plain = change.after.map(({ meetingId, tableId, start, end }) => ({
    meetingId,
    tableId,
    start,
    end,
  }));
  await manager.query(
    `INSERT INTO board_change (timetable_id, kind, meeting_ids, before, after, created_by, created_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7)`,
    [
      timetableId,
      change.kind,
      change.meetingIds,
      JSON.stringify(before),
      JSON.stringify(plain),
      actorId,
      now,
    ],
  );
}

const LAST = `
  SELECT c.id, c.kind, c.meeting_ids AS "meetingIds", c.before, c.created_at AS "createdAt", p.name AS by
  FROM board_change c LEFT JOIN person p ON p.id = c.created_by
  WHERE c.timetable_id = $1 AND c.undone_at IS NULL ORDER BY c.id DESC LIMIT 1`;

type LastRow = Pick<BoardChange, 'id' | 'kind' | 'meetingIds' | 'before' | 'createdAt'> & {
  by: string | null;
};

/** The change that undoing a draft would take back; the newest first, each once. */
export async function takeLastChange(
  manager: EntityManager,
  timetableId: string,
  now: Date,
): Promise<LastRow> {
  const [row] = await manager.query<LastRow[]>(LAST, [timetableId]);
  if (row === undefined) throw new AppError('timetable.nothing-to-undo');
  await manager.query('UPDATE board_change SET undone_at = $2 WHERE id = $1', [row.id, now]);
  return row;
}

export async function readLastChange(
  manager: EntityManager,
  timetableId: string,
): Promise<LastChange | null> {
  const [row] = await manager.query<LastRow[]>(LAST, [timetableId]);
  if (row === undefined) return null;
  const { kind, meetingIds, createdAt, by } = row;
  return { kind, meetingIds, at: createdAt.toISOString(), by };
}
