import type { EntityManager } from 'typeorm';
import { eventSlots, openSlots, settledBefore } from '#libs/domain/meetings/open-slots.js';
import type { TimetableSlot } from '#libs/domain/timetable/timetable.js';

export interface GridTable {
  readonly id: string;
  readonly label: string;
  readonly room: string | null;
  /** What it has: "screen", "quiet". */
  readonly features: readonly ('screen' | 'quiet')[];
  readonly homeOrganisationId: string | null;
}

/** Where meetings of an event can take place. */
export interface EventGrid {
  readonly eventId: string;
  readonly title: string;
  readonly state: string;
  readonly slots: readonly TimetableSlot[];
  /** Those that may still be used. */
  readonly open: readonly TimetableSlot[];
  /** Meetings that began before are settled; null = none is. */
  readonly settledBefore: Date | null;
  readonly tables: readonly GridTable[];
  /** Minutes everybody needs from a table to one in another room. */
  readonly roomChangeMinutes: number;
}

interface EventRow {
  title: string;
  state: string;
  slotMinutes: number | null;
  slotsStartAt: Date | null;
  slotsEndAt: Date | null;
  roomChangeMinutes: number;
}

/** Slots and tables of an event, null when there is no such event. `lock` keeps it from changing until the commit. */
export async function loadGrid(
  manager: EntityManager,
  eventId: string,
  now: Date,
  options: { readonly lock?: boolean } = {},
): Promise<EventGrid | null> {
  const [event] = await manager.query<EventRow[]>(
    `SELECT title, state, slot_minutes AS "slotMinutes", slots_start_at AS "slotsStartAt", slots_end_at AS "slotsEndAt",
            room_change_minutes AS "roomChangeMinutes"
     FROM event WHERE id = $1 ${options.lock ? 'FOR NO KEY UPDATE' : ''}`,
    [eventId],
  );
  if (event === undefined) return null;
  const tables = await manager.query<GridTable[]>(
    `SELECT t.id, t.label, r.name AS room, t.features, t.home_organisation_id AS "homeOrganisationId" FROM meeting_table t LEFT JOIN room r ON r.id = t.room_id
     WHERE t.event_id = $1 ORDER BY t.position, t.id`,
    [eventId],
  );
  return {
    eventId,
    title: event.title,
    state: event.state,
    slots: eventSlots(event),
    open: openSlots(event, now),
    settledBefore: settledBefore(event, now),
    tables,
    roomChangeMinutes: event.roomChangeMinutes,
  };
}
