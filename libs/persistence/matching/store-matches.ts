import type { EntityManager } from 'typeorm';
import type { MatchCandidate } from '#libs/domain/matching/match-types.js';
import { KEPT_PAIR } from './load-kept-pairs.js';

/** What a run found for a need, best first. */
interface Found {
  readonly need: { readonly id: string; readonly version: number };
  readonly candidates: readonly MatchCandidate[];
  /** Of pairs that stay: what the run says of them, null when the two share nothing. */
  readonly kept: readonly {
    readonly capabilityId: string;
    readonly capabilityVersion: number;
    readonly candidate: MatchCandidate | null;
  }[];
}

/**
 * Makes candidates the current matches of their needs: known pairs get the new score, rank and reasons and keep what both
 * sides said; pairs that fell out turn stale. Pairs somebody answered stay current with the score this run
 * gives them, after the ranked ones, unless a hard rule forbids them. What organizers decided stays: a pinned pair is current and first, a
 * hidden one is ranked behind all.
 * Idempotent.
 */
export async function storeMatches(
  manager: EntityManager,
  found: readonly Found[],
  run: { readonly id: string; readonly modelVersion: string },
): Promise<void> {
  const needIds = found.map(({ need }) => need.id);
  const rows = found.flatMap(rowsOf);
  await manager.query(
    `INSERT INTO match (need_id, capability_id, score, rank, factors, reasons, model_version, need_version,
                        capability_version, run_id)
     SELECT c.need_id, c.capability_id, c.score, c.rank, c.factors, c.reasons, $2, c.need_version, c.capability_version, $3
     FROM jsonb_to_recordset($1::jsonb) AS c(need_id uuid, capability_id uuid, score double precision, rank integer,
       factors jsonb, reasons jsonb, need_version integer, capability_version integer)
     ON CONFLICT (need_id, capability_id) DO UPDATE SET score = excluded.score, rank = excluded.rank,
       factors = excluded.factors, reasons = excluded.reasons, model_version = excluded.model_version,
       need_version = excluded.need_version, capability_version = excluded.capability_version,
       run_id = excluded.run_id, state = 'current', updated_at = now()`,
    [JSON.stringify(rows), run.modelVersion, run.id],
  );
  await storeKept(manager, found, run);
  await manager.query(
    `UPDATE match m SET
       state = CASE WHEN exclusion IS NOT NULL THEN 'stale' WHEN ${KEPT_PAIR} THEN 'current' ELSE 'stale' END,
       rank = n.found + 1, updated_at = now()
     FROM jsonb_to_recordset($1::jsonb) AS n(id uuid, found integer, kept uuid[])
     WHERE m.need_id = n.id AND NOT (m.capability_id = ANY(n.kept)) AND (m.state = 'current' OR m.rank <> n.found + 1)`,
    [JSON.stringify(found.map(keptOf))],
  );
  const overridden = await manager.query<{ id: string }[]>(
    'SELECT DISTINCT need_id AS id FROM match WHERE need_id = ANY($1) AND override IS NOT NULL ORDER BY need_id',
    [needIds],
  );
  for (const { id } of overridden) await rankOverridden(manager, id);
}

/** Scores of pairs that stay are by the run's model too, or they would not compare with the others. */
async function storeKept(
  manager: EntityManager,
  found: readonly Found[],
  run: { readonly id: string; readonly modelVersion: string },
): Promise<void> {
  const rows = found.flatMap(({ need, kept }) =>
    kept.map(({ capabilityId, capabilityVersion, candidate }) => ({
      need_id: need.id,
      capability_id: capabilityId,
      score: candidate?.score ?? 0,
      factors: candidate?.factors ?? [],
      reasons: candidate?.reasons ?? [],
      need_version: need.version,
      capability_version: capabilityVersion,
    })),
  );
  if (rows.length === 0) return;
  await manager.query(
    `UPDATE match m SET score = c.score, factors = c.factors, reasons = c.reasons, model_version = $2, run_id = $3,
       need_version = c.need_version, capability_version = c.capability_version, updated_at = now()
     FROM jsonb_to_recordset($1::jsonb) AS c(need_id uuid, capability_id uuid, score double precision,
       factors jsonb, reasons jsonb, need_version integer, capability_version integer)
     WHERE m.need_id = c.need_id AND m.capability_id = c.capability_id AND m.exclusion IS NULL`,
    [JSON.stringify(rows), run.modelVersion, run.id],
  );
}

const keptOf = ({ need, candidates }: Found) => ({
  id: need.id,
  found: candidates.length,
  kept: candidates.map(({ capabilityId }) => capabilityId),
});

function rowsOf({ need, candidates }: Found) {
  const ranks = new Map<string, number>();
  const rankOf = (kind: string) => ranks.set(kind, (ranks.get(kind) ?? 0) + 1).get(kind);
  return candidates.map((candidate) => ({
    need_id: need.id,
    capability_id: candidate.capabilityId,
    score: candidate.score,
    // Each kind of offer is ranked on its own.
    rank: rankOf(candidate.offerKind),
    factors: candidate.factors,
    reasons: candidate.reasons,
    need_version: candidate.needVersion,
    capability_version: candidate.capabilityVersion,
  }));
}

/** Ranks a need's current matches anew when organizers decided about one of them; others keep the engine's order. */
export async function rankOverridden(manager: EntityManager, needId: string): Promise<void> {
  await manager.query(
    `UPDATE match m SET rank = r.place FROM (
       SELECT x.id, row_number() OVER (PARTITION BY c.offer_kind
         ORDER BY CASE override WHEN 'pinned' THEN 0 WHEN 'hidden' THEN 2 ELSE 1 END, rank, score DESC, x.id) AS place
       FROM match x JOIN capability c ON c.id = x.capability_id
       WHERE x.need_id = $1 AND x.state = 'current') r
     WHERE m.id = r.id AND m.rank <> r.place
       AND EXISTS (SELECT 1 FROM match WHERE need_id = $1 AND override IS NOT NULL)`,
    [needId],
  );
}
