import type { EntityManager } from 'typeorm';
import type { TimetableChanges } from '#libs/contracts/meetings/timetables.js';
import { comparePlaces, type MeetingPlace, type PlaceChange } from '#libs/domain/meetings/compare-places.js';
import type { EventGrid } from '#libs/persistence/meetings/event-grid.js';
import { MEETING_PEOPLE } from '#libs/persistence/meetings/meeting-people.js';
import { toPlace, type PlaceColumns } from './timetable-rows.js';

interface ChangeRow extends PlaceColumns {
  meetingId: string;
  draftStartsAt: Date | null;
  draftEndsAt: Date | null;
  draftTableId: string | null;
  draftTable: string | null;
  enterprise: string;
  enterprisePerson: string;
  institute: string;
  institutePerson: string;
  /** Everybody who sits in it or will. */
  personIds: string[];
  /** Others than those who have seats now. */
  otherPeople: boolean;
}

const ROWS = `
  SELECT m.id AS "meetingId", e.name AS enterprise, ep.name AS "enterprisePerson",
         i.name AS institute, ip.name AS "institutePerson",
         m.starts_at AS "startsAt", m.ends_at AS "endsAt", m.table_id AS "tableId", t.label AS "table",
         p.starts_at AS "draftStartsAt", p.ends_at AS "draftEndsAt", p.table_id AS "draftTableId", pt.label AS "draftTable",
         seats.all_ids AS "personIds", m.status = 'scheduled' AND seats.now_ids IS DISTINCT FROM seats.wanted_ids AS "otherPeople"
  FROM meeting m
  JOIN organisation e ON e.id = m.enterprise_id JOIN organisation i ON i.id = m.institute_id
  JOIN person ep ON ep.id = m.enterprise_person_id JOIN person ip ON ip.id = m.institute_person_id
  LEFT JOIN meeting_table t ON t.id = m.table_id
  LEFT JOIN placement p ON p.meeting_id = m.id AND p.timetable_id = $2
  LEFT JOIN meeting_table pt ON pt.id = p.table_id
  CROSS JOIN LATERAL (SELECT array_agg(DISTINCT id) AS all_ids, array_agg(id ORDER BY id) FILTER (WHERE seated) AS now_ids,
      array_agg(id ORDER BY id) FILTER (WHERE NOT seated) AS wanted_ids
    FROM (SELECT person.id, false AS seated FROM ${MEETING_PEOPLE}
          UNION ALL SELECT s.person_id, true FROM meeting_seat s WHERE s.meeting_id = m.id) seat) seats
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
  const changed = rows.flatMap((row) => {
    const change = changeOf(row, byId.get(row.meetingId));
    return change === undefined || change === 'unchanged' ? [] : [{ row, change }];
  });
  const count = (change: string) => changed.filter((entry) => entry.change === change).length;
  return {
    added: count('added'),
    moved: count('moved'),
    removed: count('removed'),
    unchanged: changes.length - changed.length,
    people: new Set(changed.flatMap(({ row }) => row.personIds)).size,
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

/** A meeting that stays where it is but with other people changes too. */
function changeOf(
  row: ChangeRow,
  change: PlaceChange['change'] | undefined,
): PlaceChange['change'] | undefined {
  return change === 'unchanged' && row.otherPeople ? 'moved' : change;
}

function places(rows: readonly ChangeRow[], side: (row: ChangeRow) => PlaceColumns): MeetingPlace[] {
  return rows.flatMap((row) => {
    const { startsAt, endsAt, tableId } = side(row);
    if (startsAt === null || endsAt === null || tableId === null) return [];
    return [{ meetingId: row.meetingId, tableId, start: startsAt.getTime(), end: endsAt.getTime() }];
  });
}
