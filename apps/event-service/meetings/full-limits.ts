import type { EntityManager } from 'typeorm';
import { AppError } from '#libs/contracts/app-error.js';
import type { FullLimit } from '#libs/contracts/meetings/full-limit.js';

/** One of the two people of a request, and for whom. */
export interface RequestSide {
  readonly personId: string;
  readonly organisationId: string;
}

/** A most that holds for somebody asked about, with the meetings that count for it now. */
export interface Maximum {
  readonly personId: string | null;
  /** Organisations asked about that it holds for, by themselves or by their kind. */
  readonly organisationIds: readonly string[];
  /** Of organisations, where it holds for a whole kind. */
  readonly organisationKind: string | null;
  readonly name: string;
  readonly nameEn: string;
  readonly max: number;
  readonly count: number;
}

/** Meetings of a group count once, whoever of it sits there; a no-show counts for nobody, as in timetables. */
const MAXIMA = `
  SELECT l.person_id AS "personId", l.organisation_kind AS "organisationKind", l.max_meetings AS max,
         coalesce(p.name, o.name, k.zh, l.organisation_kind) AS name,
         coalesce(p.name, o.name, k.en, l.organisation_kind) AS "nameEn",
         ARRAY(SELECT x.id FROM organisation x WHERE x.id = ANY($3)
               AND (x.id = l.organisation_id OR x.kind = l.organisation_kind)) AS "organisationIds",
         (SELECT count(*) FROM meeting m WHERE m.event_id = l.event_id AND m.status IN ('requested', 'scheduled', 'held')
            AND EXISTS (SELECT FROM (
                SELECT m.enterprise_person_id AS person_id, m.enterprise_id AS organisation_id
                UNION ALL SELECT m.institute_person_id, m.institute_id
                UNION ALL SELECT g.person_id, g.organisation_id FROM meeting_guest g WHERE g.meeting_id = m.id) member
              JOIN organisation mo ON mo.id = member.organisation_id
              WHERE member.person_id = l.person_id OR mo.id = l.organisation_id OR mo.kind = l.organisation_kind))::int AS count
  FROM meeting_limit l LEFT JOIN person p ON p.id = l.person_id LEFT JOIN organisation o ON o.id = l.organisation_id
  LEFT JOIN code_item k ON k.list_id = 'organisation-kind' AND k.code = l.organisation_kind
  WHERE l.event_id = $1 AND l.max_meetings IS NOT NULL
    AND (l.person_id = ANY($2) OR l.organisation_id = ANY($3)
      OR l.organisation_kind IN (SELECT kind FROM organisation WHERE id = ANY($3)))
  ORDER BY l.person_id NULLS LAST, l.organisation_id NULLS LAST, l.organisation_kind`;

/** Every most at an event that holds for some people and organisations: of people first, kinds of organisations last. */
export function readMaxima(
  manager: EntityManager,
  eventId: string,
  sides: readonly RequestSide[],
): Promise<Maximum[]> {
  return manager.query<Maximum[]>(MAXIMA, [
    eventId,
    sides.map((side) => side.personId),
    sides.map((side) => side.organisationId),
  ]);
}

const holdsFor = ({ personId, organisationIds }: Maximum, sides: readonly RequestSide[]): boolean =>
  sides.some((side) => side.personId === personId || organisationIds.includes(side.organisationId));

/** The first most that leaves no room for `more` meetings of two people; null when all do. */
export const firstFull = (
  maxima: readonly Maximum[],
  sides: readonly RequestSide[],
  more = 1,
): Maximum | null => maxima.find((one) => holdsFor(one, sides) && one.count + more > one.max) ?? null;

/** The maxima with one more meeting of some people counted. */
export const withMeeting = (maxima: readonly Maximum[], sides: readonly RequestSide[]): Maximum[] =>
  maxima.map((one) => (holdsFor(one, sides) ? { ...one, count: one.count + 1 } : one));

export const toFullLimit = ({ name, organisationKind, max }: Maximum): FullLimit => ({
  name,
  organisationKind,
  max,
});

/** Refuses what is one meeting too many, the meeting being written already; the event's row is locked. */
export async function refuseBeyondMaxima(
  manager: EntityManager,
  eventId: string,
  sides: readonly RequestSide[],
): Promise<void> {
  const full = firstFull(await readMaxima(manager, eventId, sides), sides, 0);
  if (full === null) return;
  const { personId, name, nameEn, max } = full;
  throw personId === null
    ? new AppError('request.group-full', { group: name, groupEn: nameEn, max })
    : new AppError('request.person-full', { person: name, max });
}
