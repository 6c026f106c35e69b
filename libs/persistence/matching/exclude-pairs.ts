import type { EntityManager } from 'typeorm';
import { isConflict, type Exclusion } from '#libs/domain/matching/exclusion.js';
import { findExclusion } from '#libs/domain/matching/find-exclusion.js';
import type { MatchNeed } from '#libs/domain/matching/match-types.js';
import type { PairRules } from '#libs/domain/matching/pair-rules.js';
import { writeAudit } from '../audit/write-audit.js';
import { MEETING_MATCHES } from '../meetings/meeting-matches.js';
import { endOfDay } from './end-of-day.js';

/** SQL: the pair `m` has a meeting or a deal: what two organisations do together is settled there, never by a rule. */
export const SETTLED = `(EXISTS (SELECT 1 FROM ${MEETING_MATCHES} t WHERE t.match_id = m.id AND t.status <> 'cancelled')
  OR EXISTS (SELECT 1 FROM deal d WHERE d.match_id = m.id AND d.stage <> 'terminated'))`;

export interface ExcludedPair {
  readonly id: string;
  /** Null = no rule forbids the pair any more; it returns with the next run. */
  readonly exclusion: Exclusion | null;
}

/**
 * Takes pairs off every list, or lets them return. Mutual interest in a pair that is forbidden ends: grants are revoked,
 * the need is free again, both sides start anew should the pair return. Callers leave out settled pairs.
 */
export async function excludePairs(
  manager: EntityManager,
  pairs: readonly ExcludedPair[],
  now: Date,
): Promise<void> {
  if (pairs.length === 0) return;
  const ended = await manager.query<{ id: string; need_id: string; code: string }[]>(
    `SELECT m.id, m.need_id, p.exclusion ->> 'code' AS code
     FROM match m JOIN jsonb_to_recordset($1::jsonb) AS p(id uuid, exclusion jsonb) ON p.id = m.id
     WHERE p.exclusion ->> 'code' IS NOT NULL AND m.mutual_at IS NOT NULL FOR UPDATE OF m`,
    [JSON.stringify(pairs)],
  );
  await manager.query(
    `UPDATE match m SET exclusion = nullif(p.exclusion, 'null'),
       state = CASE WHEN p.exclusion ->> 'code' IS NULL THEN m.state ELSE 'stale' END, updated_at = $2
     FROM jsonb_to_recordset($1::jsonb) AS p(id uuid, exclusion jsonb) WHERE p.id = m.id`,
    [JSON.stringify(pairs), now],
  );
  if (ended.length > 0) await endTalks(manager, ended, now);
}

async function endTalks(
  manager: EntityManager,
  ended: readonly { id: string; need_id: string; code: string }[],
  now: Date,
): Promise<void> {
  const ids = ended.map(({ id }) => id);
  await manager.query(
    "UPDATE match SET mutual_at = NULL, need_answer = 'none', capability_answer = 'none' WHERE id = ANY($1)",
    [ids],
  );
  await manager.query(
    'UPDATE sealed_grant SET revoked_at = $2 WHERE match_id = ANY($1) AND revoked_at IS NULL',
    [ids, now],
  );
  await manager.query(
    `UPDATE need SET status = 'published' WHERE id = ANY($1) AND status = 'engaged'
       AND NOT EXISTS (SELECT 1 FROM match WHERE need_id = need.id AND mutual_at IS NOT NULL)`,
    [ended.map((row) => row.need_id)],
  );
  for (const { id, code } of ended)
    await writeAudit(manager, {
      actorId: null,
      action: 'exclude-match',
      subjectKind: 'match',
      subjectId: id,
      detail: { reason: code },
    });
}

interface PairRow {
  id: string;
  need_id: string;
  capability_id: string;
  organisation_id: string | null;
  published: boolean;
  expires_at: string | null;
  exclusion: Exclusion | null;
  engaged: boolean;
}

/** The same text for the same exclusion, whatever the order of its keys. */
const ordered = (exclusion: Exclusion | null) =>
  JSON.stringify(Object.entries(exclusion ?? {}).sort(([a], [b]) => (a < b ? -1 : 1)));

export interface RuledPairs {
  readonly need: Pick<MatchNeed, 'id' | 'organisationId' | 'expiresAt'>;
  readonly rules: PairRules;
}

/** Null where the stored exclusion is right already. */
function changeOf(row: PairRow, { need, rules }: RuledPairs, now: Date): ExcludedPair | null {
  const capability = {
    id: row.capability_id,
    organisationId: row.organisation_id,
    published: row.published,
    expiresAt: endOfDay(row.expires_at),
  };
  const found = findExclusion(need, capability, now, rules);
  const exclusion = found !== null && row.engaged && !isConflict(found) ? null : found;
  return ordered(exclusion) === ordered(row.exclusion) ? null : { id: row.id, exclusion };
}

/**
 * Brings the stored exclusions of known pairs up to date with the rules of their needs. Interest that was voiced ends
 * only where the organisations must be kept apart; settled pairs are never touched.
 */
export async function markExclusions(
  manager: EntityManager,
  needs: readonly RuledPairs[],
  now: Date,
): Promise<void> {
  const rows = await manager.query<PairRow[]>(
    `SELECT m.id, m.need_id, m.capability_id, c.organisation_id, c.status = 'published' AS published,
            c.expires_at::text AS expires_at, m.exclusion, 'interested' IN (m.need_answer, m.capability_answer) AS engaged
     FROM match m JOIN capability c ON c.id = m.capability_id WHERE m.need_id = ANY($1) ORDER BY m.id`,
    [needs.map(({ need }) => need.id)],
  );
  const ruled = new Map(needs.map((entry) => [entry.need.id, entry]));
  const changed = rows.flatMap((row) => changeOf(row, ruled.get(row.need_id)!, now) ?? []);
  if (changed.length === 0) return;
  const free = await manager.query<{ id: string }[]>(
    `SELECT m.id FROM match m WHERE m.id = ANY($1) AND NOT ${SETTLED}`,
    [changed.map(({ id }) => id)],
  );
  const ids = new Set(free.map(({ id }) => id));
  await excludePairs(
    manager,
    changed.filter(({ id }) => ids.has(id)),
    now,
  );
}
