import type { EntityManager } from 'typeorm';
import { MEETING_MATCHES } from '#libs/persistence/meetings/meeting-matches.js';

/** A mutual interest, who would sit down for it at an event, and what came of it there. */
export interface InterestRow {
  matchId: string;
  needId: string;
  capabilityId: string;
  need: string;
  capability: string;
  enterprise: string;
  institute: string;
  enterpriseId: string;
  instituteId: string;
  enterprisePersonId: string | null;
  institutePersonId: string | null;
  open: boolean;
  hasMeeting: boolean;
  wasCancelled: boolean;
}

/** Of an organisation's people at the event the author of the need or capability, else who registered first. */
const representative = (subject: 'n' | 'c') => `
  LEFT JOIN LATERAL (
    SELECT r.person_id FROM registration r
    WHERE r.event_id = $1 AND r.status = 'confirmed' AND r.organisation_id = ${subject}.organisation_id
    ORDER BY (r.person_id IS NOT DISTINCT FROM ${subject}.created_by) DESC, r.created_at, r.id LIMIT 1
  ) ${subject}p ON true`;

/** Mutual interests of which at least one side is at event $1, with what there is of meetings already; the best first. */
const INTERESTS = `
  SELECT x.id AS "matchId", n.id AS "needId", c.id AS "capabilityId", n.title AS need, c.title AS capability,
         e.name AS enterprise, i.name AS institute, e.id AS "enterpriseId", i.id AS "instituteId",
         np.person_id AS "enterprisePersonId", cp.person_id AS "institutePersonId",
         n.status IN ('published', 'engaged', 'contracted') AND c.status = 'published' AS open,
         coalesce(m.alive, false) AS "hasMeeting", coalesce(m.cancelled, false) AS "wasCancelled"
  FROM match x JOIN need n ON n.id = x.need_id JOIN capability c ON c.id = x.capability_id
  JOIN organisation e ON e.id = n.organisation_id JOIN organisation i ON i.id = c.organisation_id
  ${representative('n')} ${representative('c')}
  LEFT JOIN LATERAL (
    SELECT bool_or(status <> 'cancelled') AS alive, bool_or(status = 'cancelled') AS cancelled
    FROM ${MEETING_MATCHES} t WHERE event_id = $1 AND match_id = x.id
  ) m ON true
  WHERE x.mutual_at IS NOT NULL AND ($2::uuid[] IS NULL OR e.id = ANY($2) AND i.id = ANY($2))
    AND (np.person_id IS NOT NULL OR cp.person_id IS NOT NULL OR m.alive)
  ORDER BY x.score DESC, x.id`;

/** Of all organisations, or only between those given. */
export function readInterests(
  manager: EntityManager,
  eventId: string,
  organisationIds: readonly (string | null)[] | null,
): Promise<InterestRow[]> {
  return manager.query<InterestRow[]>(INTERESTS, [eventId, organisationIds]);
}

interface TwoPeople {
  readonly enterprisePersonId: string | null;
  readonly institutePersonId: string | null;
}

/** Whether an interest may be talked about at the event: both sides are there, and nobody cancelled it before. */
export const canBeMet = (row: InterestRow): boolean =>
  row.open &&
  !row.wasCancelled &&
  row.enterprisePersonId !== null &&
  row.institutePersonId !== null &&
  row.enterprisePersonId !== row.institutePersonId &&
  row.enterpriseId !== row.instituteId;

/** The same two people have the same key, whichever of them is the enterprise side. */
export function peopleKey({ enterprisePersonId, institutePersonId }: TwoPeople): string {
  const [one, other] = [enterprisePersonId ?? '', institutePersonId ?? ''];
  return one < other ? `${one} ${other}` : `${other} ${one}`;
}

/** The first meeting of every two people at an event that is not cancelled, and whether it is over. */
export async function meetingsByPeople(
  manager: EntityManager,
  eventId: string,
): Promise<Map<string, { id: string; over: boolean }>> {
  const rows = await manager.query<(TwoPeople & { id: string; over: boolean })[]>(
    `SELECT id, enterprise_person_id AS "enterprisePersonId", institute_person_id AS "institutePersonId",
            status IN ('held', 'no_show') AS over
     FROM meeting WHERE event_id = $1 AND status <> 'cancelled' ORDER BY over DESC, created_at DESC, id DESC`,
    [eventId],
  );
  return new Map(rows.map((row) => [peopleKey(row), { id: row.id, over: row.over }]));
}

/**
 * Gives interests without a meeting to the meeting that their two people have at the event and that is still to come:
 * two people sit down once. Of all organisations, or only between those given. The event's row is locked. Answers how many.
 */
export async function joinInterests(
  manager: EntityManager,
  eventId: string,
  organisationIds: readonly (string | null)[] | null,
): Promise<number> {
  const meetings = await meetingsByPeople(manager, eventId);
  const rows = (await readInterests(manager, eventId, organisationIds)).flatMap((row) => {
    const meeting = meetings.get(peopleKey(row));
    if (row.hasMeeting || !canBeMet(row) || meeting === undefined || meeting.over) return [];
    return [{ meeting_id: meeting.id, match_id: row.matchId }];
  });
  await manager.query(
    'INSERT INTO meeting_match SELECT * FROM jsonb_populate_recordset(NULL::meeting_match, $1::jsonb)',
    [JSON.stringify(rows)],
  );
  return rows.length;
}
