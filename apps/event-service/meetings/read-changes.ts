import type { EntityManager } from 'typeorm';
import type { TimetableChanges } from '#libs/contracts/meetings/timetables.js';
import { comparePlaces, type MeetingPlace } from '#libs/domain/meetings/compare-places.js';
import type { EventGrid } from '#libs/persistence/meetings/event-grid.js';
import { toPlace, type PlaceColumns } from './timetable-rows.js';

interface ChangeRow extends PlaceColumns {
  meetingId: string;
  draftStartsAt: Date | null;
  draftEndsAt: Date | null;
  draftTableId: string | null;
  draftTable: string | null;
  enterprise: string;
  enterprisePersonId: string;
  enterprisePerson: string;
  institute: string;
  institutePersonId: string;
  institutePerson: string;
}

const ROWS = `
  SELECT m.id AS "meetingId", e.name AS enterprise, ep.id AS "enterprisePersonId", ep.name AS "enterprisePerson",
         i.name AS institute, ip.id AS "institutePersonId", ip.name AS "institutePerson",
         m.starts_at AS "startsAt", m.ends_at AS "endsAt", m.table_id AS "tableId", t.label AS "table",
         p.starts_at AS "draftStartsAt", p.ends_at AS "draftEndsAt", p.table_id AS "draftTableId", pt.label AS "draftTable"
  FROM meeting m
  JOIN organisation e ON e.id = m.enterprise_id JOIN organisation i ON i.id = m.institute_id
  JOIN person ep ON ep.id = m.enterprise_person_id JOIN person ip ON ip.id = m.institute_person_id
  LEFT JOIN meeting_table t ON t.id = m.table_id
  LEFT JOIN placement p ON p.meeting_id = m.id AND p.timetable_id = $2
  LEFT JOIN meeting_table pt ON pt.id = p.table_id
  WHERE m.event_id = $1 AND (m.status = 'requested' AND p.meeting_id IS NOT NULL
    OR m.status = 'scheduled' AND ($3::timestamptz IS NULL OR m.starts_at > $3))
  ORDER BY coalesce(p.starts_at, m.starts_at), e.name, m.id`;

const before = (row: ChangeRow): PlaceColumns => row;
const after = (row: ChangeRow): PlaceColumns => ({
  startsAt: row.draftStartsAt,
  endsAt: row.draftEndsAt,
  tableId: row.draftTableId,
  table: row.draftTable,
});

/** What publishing a timetable would change of an event's meetings that are not settled. */
export async function readChanges(
  manager: EntityManager,
  timetableId: string,
  grid: EventGrid,
): Promise<TimetableChanges> {
  const rows = await manager.query<ChangeRow[]>(ROWS, [grid.eventId, timetableId, grid.settledBefore]);
  const changes = comparePlaces(places(rows, before), places(rows, after));
  const byId = new Map(changes.map(({ meetingId, change }) => [meetingId, change]));
  const count = (change: string) => changes.filter((entry) => entry.change === change).length;
  const changed = rows.flatMap((row) => {
    const change = byId.get(row.meetingId);
    return change === undefined || change === 'unchanged' ? [] : [{ row, change }];
  });
  return {
    added: count('added'),
    moved: count('moved'),
    removed: count('removed'),
    unchanged: count('unchanged'),
    people: new Set(changed.flatMap(({ row }) => [row.enterprisePersonId, row.institutePersonId])).size,
    rows: changed.map(({ row, change }) => ({
      meetingId: row.meetingId,
      change,
      enterprise: row.enterprise,
      enterprisePerson: row.enterprisePerson,
      institute: row.institute,
      institutePerson: row.institutePerson,
      before: toPlace(before(row)),
      after: toPlace(after(row)),
    })),
  };
}

function places(rows: readonly ChangeRow[], side: (row: ChangeRow) => PlaceColumns): MeetingPlace[] {
  return rows.flatMap((row) => {
    const { startsAt, endsAt, tableId } = side(row);
    if (startsAt === null || endsAt === null || tableId === null) return [];
    return [{ meetingId: row.meetingId, tableId, start: startsAt.getTime(), end: endsAt.getTime() }];
  });
}
