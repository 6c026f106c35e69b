import type { EntityManager } from 'typeorm';
import { AppError } from '#libs/contracts/app-error.js';
import type { MeetingChange, MeetingChangeReport } from '#libs/contracts/meetings/meetings.js';
import { slotRun } from '#libs/domain/meetings/slot-run.js';
import type { EventGrid } from '#libs/persistence/meetings/event-grid.js';
import { findConflicts } from './check-places.js';
import { loadDraftMeetings, writePlaces } from './placement-rows.js';

interface MeetingRow {
  status: string;
  enterprisePersonId: string;
  institutePersonId: string;
  begun: boolean;
}

/**
 * Changes what a meeting asks of the timetable; the event's row is locked. What is published stays as it is until a
 * timetable is published. In the draft it keeps its place when it still fits there, else it is taken out.
 */
export async function changeMeeting(
  manager: EntityManager,
  grid: EventGrid,
  id: string,
  change: MeetingChange,
  now: Date,
): Promise<MeetingChangeReport> {
  const [row] = await manager.query<MeetingRow[]>(
    `SELECT status, enterprise_person_id AS "enterprisePersonId", institute_person_id AS "institutePersonId",
            coalesce(starts_at <= $2::timestamptz, false) AS begun FROM meeting WHERE id = $1`,
    [id, grid.settledBefore],
  );
  if (row === undefined) throw new AppError('record.not-found', { what: '洽谈' });
  if (!['requested', 'scheduled'].includes(row.status) || row.begun) throw new AppError('meeting.settled');
  const { length, features, wish } = change;
  await manager.query(
    `UPDATE meeting SET length = coalesce($2, length), features = coalesce($3, features), wish = coalesce($4, wish),
            updated_at = $5 WHERE id = $1`,
    [id, length ?? null, features === undefined ? null : [...new Set(features)].sort(), wish ?? null, now],
  );
  if (change.guestIds !== undefined) await writeGuests(manager, grid.eventId, id, row, change.guestIds);
  return settleDraft(manager, grid, id);
}

async function writeGuests(
  manager: EntityManager,
  eventId: string,
  id: string,
  { enterprisePersonId, institutePersonId }: MeetingRow,
  guestIds: readonly string[],
): Promise<void> {
  const wanted = [...new Set(guestIds)];
  const people = await manager.query<{ id: string; name: string; organisationId: string | null }[]>(
    `SELECT p.id, p.name, r.organisation_id AS "organisationId" FROM person p
     LEFT JOIN registration r ON r.person_id = p.id AND r.event_id = $1 AND r.status = 'confirmed'
     WHERE p.id = ANY($2) ORDER BY p.id`,
    [eventId, wanted],
  );
  if (people.length < wanted.length) throw new AppError('record.not-found', { what: '参会人' });
  for (const { id: personId, name, organisationId } of people) {
    if (personId === enterprisePersonId || personId === institutePersonId)
      throw new AppError('meeting.guest-is-side', { name });
    if (organisationId === null) throw new AppError('meeting.not-registered', { name });
  }
  await manager.query('DELETE FROM meeting_guest WHERE meeting_id = $1', [id]);
  await manager.query(
    `INSERT INTO meeting_guest (meeting_id, person_id, organisation_id)
     SELECT $1, * FROM unnest($2::uuid[], $3::uuid[])`,
    [id, people.map((person) => person.id), people.map((person) => person.organisationId)],
  );
}

async function settleDraft(
  manager: EntityManager,
  grid: EventGrid,
  id: string,
): Promise<MeetingChangeReport> {
  const [draft] = await manager.query<{ id: string }[]>(
    "SELECT id FROM timetable WHERE event_id = $1 AND status = 'draft' FOR UPDATE",
    [grid.eventId],
  );
  if (draft === undefined) return { draft: 'none' };
  const meetings = await loadDraftMeetings(manager, draft.id, grid);
  const meeting = meetings.find((candidate) => candidate.id === id);
  if (meeting === undefined || meeting.place === null) return { draft: 'none' };
  const { place, personIds, length } = meeting;
  const run = slotRun(grid.open, place.start, length);
  const places = run === null ? [] : [{ ...place, ...run, meetingId: id, personIds }];
  const conflicts = await findConflicts(manager, grid, meetings, places, [id]);
  const kept = conflicts.length === 0 ? places : [];
  await writePlaces(manager, draft.id, [id], kept);
  return { draft: kept.length > 0 ? 'kept' : 'taken-out' };
}
