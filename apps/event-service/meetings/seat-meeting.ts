import type { EntityManager } from 'typeorm';
import { AppError } from '#libs/contracts/app-error.js';
import { unavailableTimes } from '#libs/persistence/meetings/unavailable-times.js';
import { syncMeetingInvitations } from '#libs/persistence/notifications/sync-invitations.js';
import { spanWord } from './meeting-words.js';
import { MEETING_PEOPLE } from '#libs/persistence/meetings/meeting-people.js';

interface Span {
  readonly start: number;
  readonly end: number;
}

/** The first of the people who has something else in a span: a meeting, a talk, an absence; null = nobody. */
export async function busyPerson(
  manager: EntityManager,
  eventId: string,
  personIds: readonly string[],
  span: Span,
  exceptMeeting: string | null = null,
): Promise<string | null> {
  const rows = await manager.query<{ personId: string }[]>(
    `SELECT person_id AS "personId" FROM meeting_seat WHERE person_id = ANY($1) AND starts_at < $3 AND ends_at > $2
     AND meeting_id IS DISTINCT FROM $4::uuid`,
    [personIds, new Date(span.start), new Date(span.end), exceptMeeting],
  );
  const away = await unavailableTimes(manager, eventId, personIds);
  const isBusy = (id: string) =>
    rows.some((row) => row.personId === id) ||
    (away.get(id) ?? []).some((other) => other.start < span.end && span.start < other.end);
  return personIds.find(isBusy) ?? null;
}

/** Somebody of meeting `m` has a meeting in another room, too shortly before or after, to be at table `t` from $2 to $3. */
const TOO_FAR = `EXISTS (
  SELECT FROM ${MEETING_PEOPLE} JOIN meeting_seat s ON s.person_id = person.id
  JOIN meeting x ON x.id = s.meeting_id AND x.event_id = m.event_id AND x.id <> m.id
  JOIN meeting_table xt ON xt.id = x.table_id
  WHERE xt.room_id <> t.room_id
    AND greatest($2::timestamptz - s.ends_at, s.starts_at - $3::timestamptz) < e.room_change_minutes * interval '1 minute')`;

/**
 * Gives a meeting that two people agreed on its time and the first table that is free then, has what it needs and is
 * near enough to where its people come from and go to; a given table whatever it is. It is locked, so that computing
 * keeps it. The database refuses double bookings (`meeting_seat_person_once`, `meeting_table_once`). Whatever drafts had
 * there is taken out of them. Answers the invitations to wake. The event's row is locked.
 */
export async function seatMeeting(
  manager: EntityManager,
  meetingId: string,
  span: Span,
  now: Date,
  tableId?: string,
): Promise<string[]> {
  const [start, end] = [new Date(span.start), new Date(span.end)];
  const [table] = await manager.query<{ id: string }[]>(
    `SELECT t.id FROM meeting_table t JOIN meeting m ON m.id = $1 AND m.event_id = t.event_id
     JOIN event e ON e.id = m.event_id
     WHERE ($4::uuid IS NULL OR t.id = $4) AND NOT EXISTS (SELECT FROM meeting x WHERE x.table_id = t.id
       AND x.status <> 'cancelled' AND x.starts_at < $3 AND x.ends_at > $2)
       AND ($4::uuid IS NOT NULL OR m.features <@ t.features AND NOT ${TOO_FAR})
     ORDER BY coalesce(t.home_organisation_id IN (m.enterprise_id, m.institute_id), false) DESC, t.position, t.id LIMIT 1`,
    [meetingId, start, end, tableId ?? null],
  );
  if (table === undefined) throw new AppError('request.tables-taken', { time: spanWord(start, end) });
  await manager.query(
    `UPDATE meeting SET status = 'scheduled', starts_at = $2, ends_at = $3, table_id = $4, locked = true,
            unplaced_reason = NULL, updated_at = $5 WHERE id = $1`,
    [meetingId, start, end, table.id, now],
  );
  await manager.query(
    `INSERT INTO meeting_seat (meeting_id, person_id, starts_at, ends_at)
     SELECT m.id, person.id, m.starts_at, m.ends_at FROM meeting m
     CROSS JOIN LATERAL ${MEETING_PEOPLE} WHERE m.id = $1`,
    [meetingId],
  );
  await takeDraftPlace(manager, meetingId);
  await manager.query('SET CONSTRAINTS ALL IMMEDIATE');
  return syncMeetingInvitations(manager, [meetingId], now);
}

/** The event's draft has the meeting where it was agreed; others of its people or table give way and wait. */
async function takeDraftPlace(manager: EntityManager, meetingId: string): Promise<void> {
  const inDraft = `SELECT p.timetable_id, p.meeting_id FROM meeting m JOIN timetable t ON t.event_id = m.event_id
      AND t.status = 'draft' JOIN placement p ON p.timetable_id = t.id
    WHERE m.id = $1 AND (p.meeting_id = m.id OR p.starts_at < m.ends_at AND m.starts_at < p.ends_at AND (p.table_id = m.table_id
      OR EXISTS (SELECT FROM placement_seat s JOIN meeting_seat own ON own.person_id = s.person_id
                 WHERE s.timetable_id = p.timetable_id AND s.meeting_id = p.meeting_id AND own.meeting_id = m.id)))`;
  const taken = await manager.query<{ timetable_id: string; meeting_id: string }[]>(inDraft, [meetingId]);
  for (const table of ['placement_seat', 'placement']) {
    for (const { timetable_id, meeting_id } of taken)
      await manager.query(`DELETE FROM ${table} WHERE timetable_id = $1 AND meeting_id = $2`, [
        timetable_id,
        meeting_id,
      ]);
  }
  await manager.query(
    `INSERT INTO placement (timetable_id, meeting_id, table_id, starts_at, ends_at)
     SELECT t.id, m.id, m.table_id, m.starts_at, m.ends_at FROM meeting m
     JOIN timetable t ON t.event_id = m.event_id AND t.status = 'draft' WHERE m.id = $1`,
    [meetingId],
  );
  await manager.query(
    `INSERT INTO placement_seat (timetable_id, meeting_id, person_id, starts_at, ends_at)
     SELECT t.id, s.meeting_id, s.person_id, s.starts_at, s.ends_at FROM meeting_seat s JOIN meeting m ON m.id = s.meeting_id
     JOIN timetable t ON t.event_id = m.event_id AND t.status = 'draft' WHERE m.id = $1`,
    [meetingId],
  );
}
