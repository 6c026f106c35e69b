import type { EntityManager } from 'typeorm';
import type { MeetingPlace } from '#libs/domain/meetings/compare-places.js';
import type { EventGrid } from '#libs/persistence/meetings/event-grid.js';
import type { MeetingMember } from '#libs/persistence/meetings/load-limits.js';
import { MEETING_PEOPLE } from '#libs/persistence/meetings/meeting-people.js';

/** A meeting as the board of a draft has it. */
export interface DraftMeeting {
  readonly id: string;
  /** "enterprise – institute" */
  readonly name: string;
  readonly personIds: readonly string[];
  readonly personNames: ReadonlyMap<string, string>;
  readonly members: readonly MeetingMember[];
  /** Slots it takes. */
  readonly length: number;
  /** What its table has to have. */
  readonly features: readonly string[];
  readonly locked: boolean;
  /** Held, or begun: stays where it was published. */
  readonly settled: boolean;
  readonly place: Omit<MeetingPlace, 'meetingId'> | null;
}

interface DraftRow {
  id: string;
  name: string;
  people: (MeetingMember & { name: string })[];
  length: number;
  features: string[];
  locked: boolean;
  settled: boolean;
  tableId: string | null;
  startsAt: Date | null;
  endsAt: Date | null;
}

const ROWS = `
  SELECT m.id, e.name || ' – ' || i.name AS name, m.locked, s.settled, m.length, m.features,
         (SELECT jsonb_agg(jsonb_build_object('personId', p.id, 'name', p.name, 'organisationId', o.id,
             'organisationKind', o.kind) ORDER BY side.rank, p.id)
          FROM (SELECT 1 AS rank, m.enterprise_person_id AS id, m.enterprise_id AS organisation_id
                UNION ALL SELECT 2, m.institute_person_id, m.institute_id
                UNION ALL SELECT 3, g.person_id, g.organisation_id FROM meeting_guest g WHERE g.meeting_id = m.id) side
          JOIN person p ON p.id = side.id JOIN organisation o ON o.id = side.organisation_id) AS people,
         CASE WHEN s.settled THEN m.table_id ELSE p.table_id END AS "tableId",
         CASE WHEN s.settled THEN m.starts_at ELSE p.starts_at END AS "startsAt",
         CASE WHEN s.settled THEN m.ends_at ELSE p.ends_at END AS "endsAt"
  FROM meeting m
  JOIN organisation e ON e.id = m.enterprise_id JOIN organisation i ON i.id = m.institute_id
  LEFT JOIN placement p ON p.meeting_id = m.id AND p.timetable_id = $2
  CROSS JOIN LATERAL (SELECT m.status IN ('held', 'no_show')
    OR m.status = 'scheduled' AND coalesce(m.starts_at <= $3::timestamptz, false) AS settled) s
  WHERE m.event_id = $1 AND m.status <> 'cancelled' ORDER BY m.id`;

export async function loadDraftMeetings(
  manager: EntityManager,
  timetableId: string,
  grid: EventGrid,
): Promise<DraftMeeting[]> {
  const rows = await manager.query<DraftRow[]>(ROWS, [grid.eventId, timetableId, grid.settledBefore]);
  return rows.map(({ id, name, people, locked, settled, length, features, tableId, startsAt, endsAt }) => ({
    id,
    name,
    locked,
    settled,
    length,
    features,
    personIds: people.map((person) => person.personId),
    personNames: new Map(people.map((person) => [person.personId, person.name])),
    members: people,
    place:
      tableId === null || startsAt === null || endsAt === null
        ? null
        : { tableId, start: startsAt.getTime(), end: endsAt.getTime() },
  }));
}

/** Gives meetings of a draft other places; those without one are taken out. */
export async function writePlaces(
  manager: EntityManager,
  timetableId: string,
  meetingIds: readonly string[],
  places: readonly MeetingPlace[],
): Promise<void> {
  for (const table of ['placement_seat', 'placement']) {
    await manager.query(`DELETE FROM ${table} WHERE timetable_id = $1 AND meeting_id = ANY($2)`, [
      timetableId,
      meetingIds,
    ]);
  }
  for (const { meetingId, tableId, start, end } of places) {
    await manager.query(
      'INSERT INTO placement (timetable_id, meeting_id, table_id, starts_at, ends_at) VALUES ($1, $2, $3, $4, $5)',
      [timetableId, meetingId, tableId, new Date(start), new Date(end)],
    );
  }
  await manager.query(
    `INSERT INTO placement_seat (timetable_id, meeting_id, person_id, starts_at, ends_at)
     SELECT p.timetable_id, p.meeting_id, person.id, p.starts_at, p.ends_at
     FROM placement p JOIN meeting m ON m.id = p.meeting_id
     CROSS JOIN LATERAL ${MEETING_PEOPLE}
     WHERE p.timetable_id = $1 AND p.meeting_id = ANY($2)`,
    [timetableId, meetingIds],
  );
  await manager.query(
    `UPDATE timetable SET placed = (SELECT count(*) FROM placement WHERE timetable_id = $1),
            unplaced = (SELECT coalesce(jsonb_agg(entry), '[]') FROM jsonb_array_elements(unplaced) entry
                        WHERE (entry->>'meetingId')::uuid <> ALL($2))
     WHERE id = $1`,
    [timetableId, places.map((place) => place.meetingId)],
  );
}
