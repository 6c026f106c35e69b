import type { EntityManager } from 'typeorm';
import { overlaps, type Interval } from '#libs/domain/time/interval.js';
import { unavailableTimes } from '#libs/persistence/meetings/unavailable-times.js';

/** Two people whose meeting has no place yet. */
export interface WaitingPair {
  readonly id: string;
  readonly enterprisePersonId: string;
  readonly institutePersonId: string;
  readonly enterpriseId: string;
  readonly instituteId: string;
  readonly enterprise: string;
  readonly institute: string;
}

/**
 * Meetings of two people that both sides want that have no place, the best match first; none is offered the same slot twice. Once anybody
 * is checked in, only of people who are there.
 */
const WAITING = `
  SELECT m.id, m.enterprise_person_id AS "enterprisePersonId", m.institute_person_id AS "institutePersonId",
         m.enterprise_id AS "enterpriseId", m.institute_id AS "instituteId",
         e.name AS enterprise, i.name AS institute
  FROM meeting m JOIN organisation e ON e.id = m.enterprise_id JOIN organisation i ON i.id = m.institute_id
  LEFT JOIN match x ON x.id = m.match_id
  WHERE m.event_id = $1 AND m.status = 'requested' AND m.length = 1
    AND NOT EXISTS (SELECT FROM meeting_guest g WHERE g.meeting_id = m.id)
    AND m.features <@ (SELECT t.features FROM meeting f JOIN meeting_table t ON t.id = f.table_id WHERE f.id = $2)
    AND NOT EXISTS (SELECT FROM slot_offer s WHERE s.meeting_id = m.id AND (s.freed_id = $2 OR s.status = 'open'))
    AND (NOT EXISTS (SELECT FROM check_in WHERE event_id = $1) OR 2 = (SELECT count(DISTINCT r.person_id)
      FROM registration r JOIN check_in c ON c.registration_id = r.id
      WHERE r.event_id = $1 AND r.person_id IN (m.enterprise_person_id, m.institute_person_id)))
  ORDER BY x.score DESC NULLS LAST, m.created_at, m.id`;

/** Those who could take the place of a meeting that does not take place, whether they have the time or not. */
export function waitingPairs(
  manager: EntityManager,
  eventId: string,
  freedId: string,
): Promise<WaitingPair[]> {
  return manager.query<WaitingPair[]>(WAITING, [eventId, freedId]);
}

/** How many of them have nothing else in a span: no meeting, no talk, no absence. */
export async function countFreePairs(
  manager: EntityManager,
  eventId: string,
  freedId: string,
  span: Interval,
): Promise<number> {
  const pairs = await waitingPairs(manager, eventId, freedId);
  const people = [...new Set(pairs.flatMap((pair) => [pair.enterprisePersonId, pair.institutePersonId]))];
  const seated = await manager.query<{ personId: string }[]>(
    `SELECT DISTINCT person_id AS "personId" FROM meeting_seat
     WHERE person_id = ANY($1) AND starts_at < $3 AND ends_at > $2`,
    [people, new Date(span.start), new Date(span.end)],
  );
  const busy = new Set(seated.map(({ personId }) => personId));
  for (const [personId, spans] of await unavailableTimes(manager, eventId, people))
    if (spans.some((other) => overlaps(other, span))) busy.add(personId);
  return pairs.filter((pair) => !busy.has(pair.enterprisePersonId) && !busy.has(pair.institutePersonId))
    .length;
}
