import type { EntityManager } from 'typeorm';
import type { LateChange } from '#libs/domain/meetings/late-change.js';
import type { Timetable, TimetableInput } from '#libs/domain/timetable/timetable.js';
import { basisOf } from '#libs/persistence/meetings/load-timetable-input.js';
import { MEETING_PEOPLE } from '#libs/persistence/meetings/meeting-people.js';
import { isRunningMeeting } from '#libs/persistence/meetings/running-meetings.js';

/** Writes a computed timetable as the event's draft, in place of an older draft; that of a late change as a preview. */
export async function writeDraft(
  manager: EntityManager,
  timetable: { readonly id: string; readonly eventId: string; readonly change: LateChange | null },
  input: TimetableInput,
  result: Timetable,
  now: Date,
): Promise<void> {
  const isPreview = timetable.change !== null;
  const places = placeRows(timetable.id, input, result);
  if (!isPreview) {
    await manager.query(
      `UPDATE timetable SET status = 'superseded' WHERE event_id = $1 AND status = 'draft'`,
      [timetable.eventId],
    );
  }
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
     CROSS JOIN LATERAL ${MEETING_PEOPLE}
     WHERE p.timetable_id = $1`,
    [timetable.id],
  );
  if (!isPreview) await writeReasons(manager, timetable.eventId, result);
  await manager.query(
    `UPDATE timetable SET status = $6, placed = $2, unplaced = $3, objective = $4, error = NULL, computed_at = $5,
            basis = $7 WHERE id = $1`,
    [
      timetable.id,
      places.length,
      JSON.stringify(result.unplaced),
      JSON.stringify(result.objective),
      now,
      isPreview ? 'preview' : 'draft',
      isPreview ? basisOf(input) : null,
    ],
  );
}

/** Rows of `placement`; a meeting of several slots takes its table from the start of the first to the end of the last. */
function placeRows(timetableId: string, input: TimetableInput, result: Timetable) {
  const lengths = new Map(input.meetings.map(({ id, length }) => [id, length ?? 1]));
  const positions = new Map(input.slots.map((slot, index) => [slot.id, index]));
  return result.placements.flatMap(({ meetingId, slotId, tableId }) => {
    if (isRunningMeeting(meetingId)) return [];
    const first = positions.get(slotId) ?? -1;
    const [from, to] = [input.slots[first], input.slots[first + (lengths.get(meetingId) ?? 1) - 1]];
    if (from === undefined || to === undefined)
      throw new Error(`The timetable uses slot ${slotId}, which the event does not have.`);
    const span = { starts_at: new Date(from.start), ends_at: new Date(to.end) };
    return [{ timetable_id: timetableId, meeting_id: meetingId, table_id: tableId, ...span }];
  });
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
