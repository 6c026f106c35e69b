import { buildQuery, type LexicalQuery } from './build-query.js';
import { sumContributions } from './combine-factors.js';
import { explainMatch } from './explain-match.js';
import type { FactorSet } from './factor-sets/factor-set.js';
import { hasEvidence } from './factor-sets/has-evidence.js';
import { factorSetsFor } from './factor-sets/read-factor-sets.js';
import { findExclusion, needExclusion } from './find-exclusion.js';
import { foldDuplicates } from './fold-duplicates.js';
import type { ScoredIndex } from './index/shortlist.js';
import type { ReadNeed } from './learning/learned-ranking.js';
import type { MatchCandidate, MatchCapability, MatchFactor, MatchNeed, MatchOptions } from './match-types.js';
import { kindExclusion } from './kind-exclusion.js';
import { NO_RULES } from './pair-rules.js';
import { scorePair } from './score-pair.js';
import { readNeedWords } from './shared-terms.js';
import { spreadOrganisations } from './spread-organisations.js';
import { withOpenTalks } from './with-open-talks.js';

/** Matches per kind of offer when no limit is asked for. */
export const DEFAULT_LIMIT = 50;

/** Documents by id; those it does not know are left out of the ranking. */
export type CapabilityLookup = (id: string) => MatchCapability | undefined;

interface Ranked {
  set: FactorSet;
  capability: MatchCapability;
  score: number;
  factors: MatchFactor[];
}

/** Each kind of offer on its own: score from high to low, equal scores by capability id. */
function rank(
  need: MatchNeed,
  sets: readonly FactorSet[],
  query: LexicalQuery,
  index: ScoredIndex,
  documents: CapabilityLookup,
  options: MatchOptions,
  read: ReadNeed | null,
): Ranked[][] {
  const ranked = new Map(sets.map((set) => [set.offerKind, { set, pairs: [] as Ranked[] }]));
  const leastOf = (set: FactorSet) =>
    Math.max(options.minScore ?? 0, options.anyScore === true ? 0 : set.minScore);
  const scores = index.score(query);
  for (let slot = 0; slot < index.slotCount; slot += 1) {
    const id = index.idAt(slot);
    const found = id === null ? undefined : documents(id);
    const capability = found && withOpenTalks(found, options.rules);
    if (!capability || findExclusion(need, capability, options.now, options.rules) !== null) continue;
    const kind = ranked.get(capability.offerKind ?? 'achievement');
    if (!kind || kindExclusion(need, capability, options.now) !== null) continue;
    const { set, pairs } = kind;
    const textScore = scores[slot] ?? 0;
    // A model gives every pair some chance; what shares no word and is not near by its vector is not proposed all the same.
    if (set.learned && read && textScore <= 0 && !read.isNear(capability.id)) continue;
    const learned = set.learned ? read?.score(capability) : undefined;
    const factors =
      learned?.factors ?? scorePair(set, need, capability, { query, index, textScore, options });
    const score = learned?.score ?? sumContributions(factors);
    if (options.anyScore !== true && !hasEvidence(set, factors)) continue;
    if (score > 0 && score >= leastOf(set)) pairs.push({ set, capability, score, factors });
  }
  return [...ranked.values()].map(({ pairs }) =>
    pairs.sort((a, b) => b.score - a.score || (a.capability.id < b.capability.id ? -1 : 1)),
  );
}

/**
 * Ranks the index's capabilities for a need, each kind of offer that can serve it on its own, in the order of the factor
 * sets; `limit` and `minScore` hold for each.
 * 1. Excluded pairs are dropped ({@link findExclusion}, {@link kindExclusion}). 2. Every other pair is scored: BM25F of the text
 * ({@link ScoredIndex}), then structure ({@link scorePair}), or by a learned model where the factor set has one and `read` is
 * given.
 * 3. Near-identical ones of one organisation are folded, no organisation fills the list with one theme
 * ({@link spreadOrganisations}), the first `limit` are explained.
 */
export function matchNeed(
  need: MatchNeed,
  index: ScoredIndex,
  documents: CapabilityLookup,
  options: MatchOptions,
  read: ReadNeed | null = null,
): MatchCandidate[] {
  if (needExclusion(need, options.now, options.rules) !== null) return [];
  const sets = factorSetsFor(need.requestKind ?? 'technology');
  const query = read?.reading.query ?? buildQuery(need, sets[0]?.request);
  const ranked = rank(need, sets, query, index, documents, options, read);
  const words = readNeedWords(need);
  const context = { query, index, words, modeMapping: options.modeMapping, now: options.now };
  const clusters = (options.rules ?? NO_RULES).shared.capabilityClusters;
  const folded = foldDuplicates(ranked.flat(), clusters);
  const shown = sets.flatMap((set) =>
    spreadOrganisations(
      folded.filter(({ item }) => item.set === set).map(({ item, folded: twins }) => ({ ...item, twins })),
      options.limit ?? DEFAULT_LIMIT,
    ),
  );
  return shown.map(({ item: { set, capability, score, factors, twins }, behind }) => ({
    capabilityId: capability.id,
    capabilityVersion: capability.version,
    needId: need.id,
    needVersion: need.version,
    offerKind: set.offerKind,
    score,
    factors,
    reasons: [
      ...explainMatch(need, capability, set, context),
      ...(twins.length > 0 ? [{ kind: 'duplicates' as const, capabilityIds: twins }] : []),
      ...(behind > 0 ? [{ kind: 'deferred' as const, behind }] : []),
    ],
  }));
}
