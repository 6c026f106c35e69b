import type { EntityManager } from 'typeorm';
import { cancelMeetings, leaveAsGuest } from '#libs/persistence/meetings/cancel-meetings.js';
import type { EventGrid } from '#libs/persistence/meetings/event-grid.js';
import type { LateChangeRow } from './late-change-rows.js';
import { offerFreedSlots } from './offer-freed-slot.js';
import { publishTimetable } from './publish-timetable.js';

/**
 * Makes a late change true and publishes the timetable that was computed for it; the event's row is locked and the
 * preview is not outdated. Answers the messages to wake.
 */
export async function applyLateChange(
  manager: EntityManager,
  grid: EventGrid,
  { id, eventId, change }: LateChangeRow,
  actorId: string | null,
  now: Date,
): Promise<string[]> {
  const told: string[] = [];
  if (change.kind === 'cancel') {
    if (change.personId !== null) told.push(...(await leaveAsGuest(manager, eventId, change.personId, now)));
    const { meetingIds, reason } = change;
    told.push(...(await cancelMeetings(manager, meetingIds, { actorId, reason }, now)));
  }
  if (change.kind === 'away') {
    await manager.query(
      'INSERT INTO absence (event_id, person_id, starts_at, ends_at) VALUES ($1, $2, $3, $4)',
      [eventId, change.personId, new Date(change.span.start), new Date(change.span.end)],
    );
  }
  await manager.query("UPDATE timetable SET status = 'draft' WHERE id = $1 AND status = 'preview'", [id]);
  const { wake } = await publishTimetable(manager, id, grid, actorId, now);
  const freed = change.kind === 'cancel' ? change.meetingIds : [];
  return [...told, ...wake, ...(await offerFreedSlots(manager, freed, now))];
}
