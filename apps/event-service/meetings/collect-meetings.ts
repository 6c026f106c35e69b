import type { EntityManager } from 'typeorm';
import type { CollectReport, SkipReason } from '#libs/contracts/meetings/meetings.js';

interface InterestRow {
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

/** Mutual interests of which at least one side is at the event, with what there is of meetings already. */
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
    FROM meeting WHERE event_id = $1 AND match_id = x.id
  ) m ON true
  WHERE x.mutual_at IS NOT NULL AND (np.person_id IS NOT NULL OR cp.person_id IS NOT NULL OR m.alive)
  ORDER BY x.score DESC, x.id`;

function skipReasonOf(row: InterestRow): SkipReason | null {
  if (row.wasCancelled) return 'cancelled-before';
  if (!row.open) return 'closed';
  if (row.enterprisePersonId === null) return 'enterprise-absent';
  if (row.institutePersonId === null) return 'institute-absent';
  if (row.enterprisePersonId === row.institutePersonId || row.enterpriseId === row.instituteId)
    return 'same-person';
  return null;
}

/** Turns mutual interests into requested meetings of an event whose row is locked. Idempotent. */
export async function collectMeetings(
  manager: EntityManager,
  eventId: string,
  now: Date,
): Promise<CollectReport> {
  const rows = await manager.query<InterestRow[]>(INTERESTS, [eventId]);
  const missing = rows.filter((row) => !row.hasMeeting);
  const wanted = missing.filter((row) => skipReasonOf(row) === null);
  const meetings = wanted.map((row) => ({
    event_id: eventId,
    match_id: row.matchId,
    need_id: row.needId,
    capability_id: row.capabilityId,
    enterprise_id: row.enterpriseId,
    institute_id: row.instituteId,
    enterprise_person_id: row.enterprisePersonId,
    institute_person_id: row.institutePersonId,
    created_at: now,
    updated_at: now,
  }));
  const columns = `event_id, match_id, need_id, capability_id, enterprise_id, institute_id, enterprise_person_id,
                   institute_person_id, created_at, updated_at`;
  const written = await manager.query<{ id: string }[]>(
    `INSERT INTO meeting (${columns}) SELECT ${columns} FROM jsonb_populate_recordset(NULL::meeting, $1::jsonb)
     ON CONFLICT (event_id, match_id) WHERE status <> 'cancelled' DO NOTHING RETURNING id`,
    [JSON.stringify(meetings)],
  );
  return {
    created: written.length,
    existing: rows.length - missing.length,
    skipped: missing.flatMap((row) => {
      const reason = skipReasonOf(row);
      const { matchId, need, enterprise, capability, institute } = row;
      return reason === null ? [] : [{ matchId, need, enterprise, capability, institute, reason }];
    }),
  };
}
