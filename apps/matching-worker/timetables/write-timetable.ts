import type { EntityManager } from 'typeorm';
import type { Timetable, TimetableInput } from '#libs/domain/timetable/timetable.js';

/** Writes a computed timetable as the event's draft, in place of an older draft. */
export async function writeDraft(
  manager: EntityManager,
  timetable: { readonly id: string; readonly eventId: string },
  input: TimetableInput,
  result: Timetable,
  now: Date,
): Promise<void> {
  const slots = new Map(input.slots.map((slot) => [slot.id, slot]));
  const places = result.placements.map(({ meetingId, slotId, tableId }) => {
    const slot = slots.get(slotId);
    if (slot === undefined)
      throw new Error(`The timetable uses slot ${slotId}, which the event does not have.`);
    const span = { starts_at: new Date(slot.start), ends_at: new Date(slot.end) };
    return { timetable_id: timetable.id, meeting_id: meetingId, table_id: tableId, ...span };
  });
  await manager.query(`UPDATE timetable SET status = 'superseded' WHERE event_id = $1 AND status = 'draft'`, [
    timetable.eventId,
  ]);
  await manager.query(
    `INSERT INTO placement (timetable_id, meeting_id, table_id, starts_at, ends_at)
     SELECT timetable_id, meeting_id, table_id, starts_at, ends_at
     FROM jsonb_populate_recordset(NULL::placement, $1::jsonb)`,
    [JSON.stringify(places)],
  );
  await manager.query(
    `INSERT INTO placement_seat (timetable_id, meeting_id, person_id, starts_at, ends_at)
     SELECT p.timetable_id, p.meeting_id, person.id, p.starts_at, p.ends_at
     FROM placement p JOIN meeting m ON m.id = p.meeting_id
     CROSS JOIN LATERAL (VALUES (m.enterprise_person_id), (m.institute_person_id)) person (id)
     WHERE p.timetable_id = $1`,
    [timetable.id],
  );
  await writeReasons(manager, timetable.eventId, result);
  await manager.query(
    `UPDATE timetable SET status = 'draft', placed = $2, unplaced = $3, objective = $4, error = NULL, computed_at = $5
     WHERE id = $1`,
    [timetable.id, places.length, JSON.stringify(result.unplaced), JSON.stringify(result.objective), now],
  );
}

async function writeReasons(manager: EntityManager, eventId: string, result: Timetable): Promise<void> {
  await manager.query(
    `UPDATE meeting m SET unplaced_reason = u.reason
     FROM (SELECT m.id, r.reason FROM meeting m
           LEFT JOIN jsonb_to_recordset($2::jsonb) r ("meetingId" uuid, reason text) ON r."meetingId" = m.id
           WHERE m.event_id = $1) u
     WHERE m.id = u.id AND m.unplaced_reason IS DISTINCT FROM u.reason`,
    [eventId, JSON.stringify(result.unplaced)],
  );
}
