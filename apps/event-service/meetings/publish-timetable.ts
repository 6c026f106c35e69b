import type { EntityManager } from 'typeorm';
import { AppError } from '#libs/contracts/app-error.js';
import type { PublishReport, TimetableChanges } from '#libs/contracts/meetings/timetables.js';
import { writeAudit } from '#libs/persistence/audit/write-audit.js';
import { checkRules } from '#libs/domain/meetings/check-rules.js';
import { slotRun } from '#libs/domain/meetings/slot-run.js';
import type { EventGrid } from '#libs/persistence/meetings/event-grid.js';
import { syncMeetingInvitations } from '#libs/persistence/notifications/sync-invitations.js';
import { settleOffers } from './offer-freed-slot.js';
import { spanWord } from './meeting-words.js';
import { loadRules } from './check-places.js';
import { conflictError } from './placement-errors.js';
import { loadDraftMeetings, type DraftMeeting } from './placement-rows.js';
import { readChanges } from './read-changes.js';
import { lockDraft } from './timetable-rows.js';
import { MEETING_PEOPLE } from '#libs/persistence/meetings/meeting-people.js';

/** Makes a draft the event's timetable; the event's row is locked. `wake` are the invitations to send. */
export async function publishTimetable(
  manager: EntityManager,
  timetableId: string,
  grid: EventGrid,
  actorId: string | null,
  now: Date,
): Promise<{ report: PublishReport; wake: string[] }> {
  await lockDraft(manager, timetableId);
  if (grid.state !== 'published' && grid.state !== 'registration_closed') {
    throw new AppError('meeting.event-not-open', { event: grid.title });
  }
  const changes = await readChanges(manager, timetableId, grid);
  await refuseOutdated(manager, timetableId, changes, grid);
  const clash = await findDoubleBooking(manager, timetableId);
  if (clash !== null) throw clash;
  const changed = changes.rows.map((row) => row.meetingId);
  await movePlaces(manager, timetableId, changes, now);
  await manager.query(
    "UPDATE timetable SET status = 'superseded' WHERE event_id = $1 AND status = 'published'",
    [grid.eventId],
  );
  await manager.query("UPDATE timetable SET status = 'published', published_at = $2 WHERE id = $1", [
    timetableId,
    now,
  ]);
  const wake = await syncMeetingInvitations(manager, changed, now);
  const { added, moved, removed, unchanged } = changes;
  const report = { added, moved, removed, unchanged, invitations: wake.length };
  await writeAudit(manager, {
    actorId,
    action: 'publish-timetable',
    subjectKind: 'timetable',
    subjectId: timetableId,
    detail: report,
  });
  return { report, wake: [...wake, ...(await settleOffers(manager, grid.eventId, now))] };
}

/** A place that changes has to take open slots, as many as its meeting, at a table that still has what it needs. */
async function refuseOutdated(
  manager: EntityManager,
  timetableId: string,
  changes: TimetableChanges,
  grid: EventGrid,
): Promise<void> {
  const meetings = await loadDraftMeetings(manager, timetableId, grid);
  const changed = new Set(changes.rows.map((row) => row.meetingId));
  const moved = meetings.filter(({ id, place }) => changed.has(id) && place !== null);
  const outside = moved.filter(
    ({ place, length }) => slotRun(grid.open, place?.start ?? 0, length)?.end !== place?.end,
  );
  if (outside.length > 0) throw new AppError('timetable.outdated', { count: outside.length });
  const needy = (list: readonly DraftMeeting[]) =>
    list.flatMap(({ id, place, personIds, features }) =>
      place === null ? [] : [{ ...place, meetingId: id, personIds, features }],
    );
  const others = needy(meetings.filter(({ id }) => !changed.has(id)));
  const places = needy(moved);
  const conflicts = checkRules(places, others, new Set(), await loadRules(manager, grid, meetings));
  if (conflicts.length > 0) throw await conflictError(manager, conflicts, places, meetings, grid);
}

/** Writes times, tables and seats of the meetings that change; the exclusion constraints are checked at the end. */
async function movePlaces(
  manager: EntityManager,
  timetableId: string,
  changes: TimetableChanges,
  now: Date,
): Promise<void> {
  const ids = (kept: boolean) =>
    changes.rows.filter((row) => (row.change !== 'removed') === kept).map((row) => row.meetingId);
  const [placed, removed] = [ids(true), ids(false)];
  await manager.query('DELETE FROM meeting_seat WHERE meeting_id = ANY($1)', [[...placed, ...removed]]);
  await manager.query(
    `UPDATE meeting SET status = 'requested', starts_at = NULL, ends_at = NULL, table_id = NULL, updated_at = $2
     WHERE id = ANY($1)`,
    [removed, now],
  );
  await manager.query(
    `UPDATE meeting m SET status = 'scheduled', starts_at = p.starts_at, ends_at = p.ends_at, table_id = p.table_id,
            unplaced_reason = NULL, updated_at = $3
     FROM placement p WHERE p.timetable_id = $1 AND p.meeting_id = m.id AND m.id = ANY($2)`,
    [timetableId, placed, now],
  );
  await manager.query(
    `INSERT INTO meeting_seat (meeting_id, person_id, starts_at, ends_at)
     SELECT m.id, person.id, m.starts_at, m.ends_at FROM meeting m
     CROSS JOIN LATERAL ${MEETING_PEOPLE}
     WHERE m.id = ANY($1) ORDER BY person.id, m.id`,
    [placed],
  );
  await manager.query('SET CONSTRAINTS ALL IMMEDIATE');
}

interface ClashRow {
  person: string;
  event: string;
  startsAt: Date;
  endsAt: Date;
}

const CLASH = `
  WITH wanted AS (
    SELECT m.id AS meeting_id, person.id AS person_id, p.starts_at, p.ends_at, m.event_id
    FROM placement p JOIN meeting m ON m.id = p.meeting_id
    CROSS JOIN LATERAL ${MEETING_PEOPLE}
    WHERE p.timetable_id = $1 AND m.status IN ('requested', 'scheduled')
  ), taken AS (
    SELECT * FROM wanted
    UNION ALL
    SELECT s.meeting_id, s.person_id, s.starts_at, s.ends_at, m.event_id
    FROM meeting_seat s JOIN meeting m ON m.id = s.meeting_id JOIN timetable t ON t.id = $1
    WHERE s.person_id IN (SELECT person_id FROM wanted)
      AND (m.event_id <> t.event_id OR m.status IN ('held', 'no_show'))
  )
  SELECT person.name AS person, e.title AS event, taken.starts_at AS "startsAt", taken.ends_at AS "endsAt"
  FROM wanted JOIN taken ON taken.person_id = wanted.person_id AND taken.meeting_id <> wanted.meeting_id
    AND taken.starts_at < wanted.ends_at AND wanted.starts_at < taken.ends_at
  JOIN person ON person.id = wanted.person_id JOIN event e ON e.id = taken.event_id
  ORDER BY taken.starts_at, person.id, taken.meeting_id LIMIT 1`;

/** Somebody whom a draft seats while they are in another meeting, as the error that names them; null = nobody. */
export async function findDoubleBooking(
  manager: EntityManager,
  timetableId: string,
): Promise<AppError | null> {
  const [row] = await manager.query<ClashRow[]>(CLASH, [timetableId]);
  if (row === undefined) return null;
  const { person, event, startsAt, endsAt } = row;
  return new AppError('meeting.booked-elsewhere', { person, event, time: spanWord(startsAt, endsAt) });
}
