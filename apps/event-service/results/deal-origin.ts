import type { EntityManager } from 'typeorm';
import type { CreateDeal } from '#libs/contracts/results/deal.js';

/** What a new deal takes over from the match or meeting it starts from. */
export interface DealOrigin {
  need_id: string | null;
  capability_id: string | null;
  match_id: string | null;
  meeting_id: string | null;
  event_id: string | null;
  enterprise_id: string | null;
  institute_id: string | null;
  title: string | null;
  mutual: boolean;
}

/** Locks the match or meeting, so that two people cannot open two deals of it at once. Null = there is none. */
export async function lockOrigin(manager: EntityManager, body: CreateDeal): Promise<DealOrigin | null> {
  const rows =
    body.meetingId === undefined
      ? await manager.query<DealOrigin[]>(OF_MATCH, [body.matchId])
      : await manager.query<DealOrigin[]>(OF_MEETING, [body.meetingId]);
  const origin = rows[0] ?? null;
  if (origin !== null && origin.match_id !== null && body.meetingId !== undefined)
    await manager.query('SELECT 1 FROM match WHERE id = $1 FOR UPDATE', [origin.match_id]);
  return origin;
}

// The meeting of a match says at which event the two met; with several, the latest that was held or stands.
const OF_MATCH = `
  SELECT m.need_id, m.capability_id, m.id AS match_id, met.id AS meeting_id, met.event_id,
         n.organisation_id AS enterprise_id, c.organisation_id AS institute_id, n.title,
         m.mutual_at IS NOT NULL AS mutual
  FROM match m JOIN need n ON n.id = m.need_id JOIN capability c ON c.id = m.capability_id
  LEFT JOIN LATERAL (
    SELECT g.id, g.event_id FROM meeting g
    WHERE g.status <> 'cancelled' AND (g.match_id = m.id
      OR g.id IN (SELECT meeting_id FROM meeting_match also WHERE also.match_id = m.id))
    ORDER BY g.status = 'held' DESC, g.starts_at DESC NULLS LAST, g.id LIMIT 1) met ON true
  WHERE m.id = $1 FOR UPDATE OF m`;

const OF_MEETING = `
  SELECT g.need_id, g.capability_id, g.match_id, g.id AS meeting_id, g.event_id, g.enterprise_id, g.institute_id,
         coalesce(nullif(n.title, ''), ent.name || ' × ' || ins.name) AS title, true AS mutual
  FROM meeting g JOIN organisation ent ON ent.id = g.enterprise_id JOIN organisation ins ON ins.id = g.institute_id
  LEFT JOIN need n ON n.id = g.need_id WHERE g.id = $1 FOR UPDATE OF g`;

/** Number of a live deal of the same match or meeting, or null. */
export async function existingDealNo(manager: EntityManager, origin: DealOrigin): Promise<string | null> {
  const rows = await manager.query<{ deal_no: string }[]>(
    `SELECT deal_no FROM deal WHERE stage <> 'terminated'
       AND (match_id = $1 OR ($1::uuid IS NULL AND meeting_id = $2)) LIMIT 1`,
    [origin.match_id, origin.meeting_id],
  );
  return rows[0]?.deal_no ?? null;
}
