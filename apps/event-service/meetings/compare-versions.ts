import type { EntityManager } from 'typeorm';
import type { MeetingGuestView } from '#libs/contracts/meetings/meetings.js';
import type { TimetableComparison } from '#libs/contracts/meetings/timetables.js';
import { comparePlaces, type MeetingPlace } from '#libs/domain/meetings/compare-places.js';
import { countBreaks } from '#libs/domain/meetings/count-breaks.js';
import type { EventGrid } from '#libs/persistence/meetings/event-grid.js';
import { MEETING_GUESTS } from '#libs/persistence/meetings/meeting-people.js';
import { loadTimetable, toPlace, type PlaceColumns } from './timetable-rows.js';

interface PlacedRow extends PlaceColumns {
  timetableId: string;
  meetingId: string;
  enterprise: string;
  enterprisePersonId: string;
  enterprisePerson: string;
  institute: string;
  institutePersonId: string;
  institutePerson: string;
  guests: MeetingGuestView[];
}

const ROWS = `
  SELECT p.timetable_id AS "timetableId", m.id AS "meetingId", p.starts_at AS "startsAt", p.ends_at AS "endsAt",
         p.table_id AS "tableId", t.label AS "table",
         e.name AS enterprise, ep.id AS "enterprisePersonId", ep.name AS "enterprisePerson",
         i.name AS institute, ip.id AS "institutePersonId", ip.name AS "institutePerson", ${MEETING_GUESTS} AS guests
  FROM placement p JOIN meeting m ON m.id = p.meeting_id JOIN meeting_table t ON t.id = p.table_id
  JOIN organisation e ON e.id = m.enterprise_id JOIN organisation i ON i.id = m.institute_id
  JOIN person ep ON ep.id = m.enterprise_person_id JOIN person ip ON ip.id = m.institute_person_id
  WHERE p.timetable_id = ANY($1) ORDER BY p.starts_at, e.name, m.id`;

/** What version `afterId` has otherwise than `beforeId`. Cancelled meetings are where they stood. */
export async function compareTimetables(
  manager: EntityManager,
  beforeId: string,
  afterId: string,
  grid: EventGrid,
): Promise<TimetableComparison> {
  const rows = await manager.query<PlacedRow[]>(ROWS, [[beforeId, afterId]]);
  const old = rows.filter((row) => row.timetableId === beforeId);
  const next = rows.filter((row) => row.timetableId === afterId);
  const changes = comparePlaces(old.map(placeOf), next.map(placeOf));
  const count = (change: string) => changes.filter((entry) => entry.change === change).length;
  const changed = changes.flatMap(({ meetingId, change }) => {
    const from = old.find((row) => row.meetingId === meetingId);
    const to = next.find((row) => row.meetingId === meetingId);
    const row = to ?? from;
    return row === undefined || change === 'unchanged' ? [] : [{ row, change, from, to }];
  });
  return {
    before: await loadTimetable(manager, beforeId),
    after: await loadTimetable(manager, afterId),
    added: count('added'),
    moved: count('moved'),
    removed: count('removed'),
    unchanged: count('unchanged'),
    rows: changed.map(({ row, change, from, to }) => ({
      meetingId: row.meetingId,
      change,
      enterprise: row.enterprise,
      enterprisePerson: row.enterprisePerson,
      institute: row.institute,
      institutePerson: row.institutePerson,
      before: from === undefined ? null : toPlace(from),
      after: to === undefined ? null : toPlace(to),
    })),
    people: comparePeople(old, next, new Set(changed.map(({ row }) => row.meetingId)), grid),
  };
}

const placeOf = ({ meetingId, tableId, startsAt, endsAt }: PlacedRow): MeetingPlace => ({
  meetingId,
  tableId: tableId ?? '',
  start: startsAt?.getTime() ?? 0,
  end: endsAt?.getTime() ?? 0,
});

type PersonRow = TimetableComparison['people'][number];

function comparePeople(
  old: readonly PlacedRow[],
  next: readonly PlacedRow[],
  changed: ReadonlySet<string>,
  grid: EventGrid,
): PersonRow[] {
  const people = new Map<string, { person: string; organisation: string }>();
  for (const row of [...old, ...next]) {
    people.set(row.enterprisePersonId, { person: row.enterprisePerson, organisation: row.enterprise });
    people.set(row.institutePersonId, { person: row.institutePerson, organisation: row.institute });
    for (const { personId, person, organisation } of row.guests)
      if (!people.has(personId)) people.set(personId, { person, organisation });
  }
  const of = (rows: readonly PlacedRow[], id: string) =>
    rows.filter(
      ({ enterprisePersonId, institutePersonId, guests }) =>
        enterprisePersonId === id || institutePersonId === id || guests.some((one) => one.personId === id),
    );
  /** Positions of all slots that a meeting takes. */
  const taken = ({ startsAt, endsAt }: PlacedRow) =>
    grid.slots.flatMap((slot, index) =>
      slot.start < (endsAt?.getTime() ?? 0) && (startsAt?.getTime() ?? 0) < slot.end ? [index] : [],
    );
  const breaks = (rows: readonly PlacedRow[]) => countBreaks(rows.flatMap(taken));
  const rows = [...people].map(([personId, names]) => {
    const [before, after] = [of(old, personId), of(next, personId)];
    const touched = new Set(
      [...before, ...after].map((row) => row.meetingId).filter((id) => changed.has(id)),
    );
    return {
      personId,
      ...names,
      changed: touched.size,
      meetingsBefore: before.length,
      meetingsAfter: after.length,
      breaksBefore: breaks(before),
      breaksAfter: breaks(after),
    };
  });
  return rows.sort((a, b) => b.changed - a.changed || a.organisation.localeCompare(b.organisation, 'zh-CN'));
}
