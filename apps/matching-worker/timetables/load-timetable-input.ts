import type { EntityManager } from 'typeorm';
import type { MeetingPlacement, TimetableInput, TimetableMeeting } from '#libs/domain/timetable/timetable.js';
import type { EventGrid } from '#libs/persistence/meetings/event-grid.js';
import { unavailableTimes } from '#libs/persistence/meetings/unavailable-times.js';

interface MeetingRow {
  id: string;
  enterprisePersonId: string;
  institutePersonId: string;
  status: 'requested' | 'scheduled';
  locked: boolean;
  score: number | null;
  startsAt: Date | null;
  tableId: string | null;
  draftStartsAt: Date | null;
  draftTableId: string | null;
}

/** Meetings that still need a place, with where they are published and where the current draft has them. */
const MEETINGS = `
  SELECT m.id, m.enterprise_person_id AS "enterprisePersonId", m.institute_person_id AS "institutePersonId", m.status,
         m.locked, x.score, m.starts_at AS "startsAt", m.table_id AS "tableId",
         p.starts_at AS "draftStartsAt", p.table_id AS "draftTableId"
  FROM meeting m LEFT JOIN match x ON x.id = m.match_id
  LEFT JOIN placement p ON p.meeting_id = m.id AND p.timetable_id =
    (SELECT id FROM timetable WHERE event_id = $1 AND status = 'draft' ORDER BY version_no DESC LIMIT 1)
  WHERE m.event_id = $1
    AND (m.status = 'requested' OR m.status = 'scheduled' AND ($2::timestamptz IS NULL OR m.starts_at > $2))
  ORDER BY m.id`;

/** What people were already promised goes before what they only asked for, then the better match. */
const PROMISED = 1_000;

/** Breaks of two people differ by no more than this, as far as possible (Bofill et al., JAIR 74, 2022). */
const FAIR_SPREAD = 2;

/** What is to be timetabled at an event: slots that may still be used, tables, people and their meetings. */
export async function loadTimetableInput(
  manager: EntityManager,
  grid: EventGrid,
  seed: number,
): Promise<TimetableInput> {
  const rows = await manager.query<MeetingRow[]>(MEETINGS, [grid.eventId, grid.settledBefore]);
  const people = [...new Set(rows.flatMap((row) => [row.enterprisePersonId, row.institutePersonId]))].sort();
  const unavailable = await unavailableTimes(manager, grid.eventId, people);
  const placeIn = gridPlaces(grid);
  const previous = rows.flatMap((row): MeetingPlacement[] => {
    const place = row.status === 'scheduled' ? placeIn(row.startsAt, row.tableId) : null;
    return place === null ? [] : [{ meetingId: row.id, ...place }];
  });
  return {
    slots: [...grid.open],
    tables: grid.tables.map(({ id, label }) => ({ id, label })),
    participants: people.map((id) => ({ id, unavailable: unavailable.get(id) ?? [] })),
    meetings: rows.map((row): TimetableMeeting => ({
      id: row.id,
      participantIds: [row.enterprisePersonId, row.institutePersonId],
      // People were promised these: they go before everything that is only asked for.
      wish: row.status === 'scheduled' ? 'must' : 'like',
      priority: (row.status === 'scheduled' ? PROMISED : 0) + Math.round(100 * (row.score ?? 0)),
      // Locked where the organizer last saw it: in the draft, else as published.
      locked: row.locked
        ? (placeIn(row.draftStartsAt, row.draftTableId) ?? placeIn(row.startsAt, row.tableId))
        : null,
    })),
    previous,
    fairness: FAIR_SPREAD,
    seed,
  };
}

/** A time and table as slot and table of the grid; null when the grid no longer has them. */
function gridPlaces(grid: EventGrid) {
  const slots = new Map(grid.open.map((slot) => [slot.start, slot.id]));
  const tables = new Set(grid.tables.map((table) => table.id));
  return (startsAt: Date | null, tableId: string | null): { slotId: string; tableId: string } | null => {
    const slotId = startsAt === null ? undefined : slots.get(startsAt.getTime());
    return slotId === undefined || tableId === null || !tables.has(tableId) ? null : { slotId, tableId };
  };
}
