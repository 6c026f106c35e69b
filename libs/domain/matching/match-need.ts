import { buildQuery, type LexicalQuery } from './build-query.js';
import { combineFactors, lexicalValue, sumContributions } from './combine-factors.js';
import { explainMatch } from './explain-match.js';
import { findExclusion, needExclusion } from './find-exclusion.js';
import { foldDuplicates } from './fold-duplicates.js';
import type { CapabilityIndex } from './index/capability-index.js';
import type { MatchCandidate, MatchCapability, MatchFactor, MatchNeed, MatchOptions } from './match-types.js';
import { NO_RULES } from './pair-rules.js';
import { readNeedWords } from './shared-terms.js';
import { structuralValues } from './structural-factors.js';

const DEFAULT_LIMIT = 50;

/** Documents by id; those it does not know are left out of the ranking. */
export type CapabilityLookup = (id: string) => MatchCapability | undefined;

interface Ranked {
  capability: MatchCapability;
  score: number;
  factors: MatchFactor[];
}

/** Score from high to low, equal scores by capability id. */
function rank(
  need: MatchNeed,
  query: LexicalQuery,
  index: CapabilityIndex,
  documents: CapabilityLookup,
  options: MatchOptions,
): Ranked[] {
  const ranked: Ranked[] = [];
  const minScore = options.minScore ?? 0;
  const scores = index.score(query);
  for (let slot = 0; slot < index.slotCount; slot += 1) {
    const id = index.idAt(slot);
    const capability = id === null ? undefined : documents(id);
    if (!capability || findExclusion(need, capability, options.now, options.rules) !== null) continue;
    const structural = structuralValues(need, capability, options.modeMapping);
    const factors = combineFactors(lexicalValue(scores[slot] ?? 0), structural);
    const score = sumContributions(factors);
    if (score > 0 && score >= minScore) ranked.push({ capability, score, factors });
  }
  return ranked.sort((a, b) => b.score - a.score || (a.capability.id < b.capability.id ? -1 : 1));
}

/**
 * Ranks the index's capabilities for a need.
 * 1. Excluded pairs are dropped ({@link findExclusion}). 2. Every other pair is scored: BM25F of the text
 * ({@link CapabilityIndex.score}), then structure ({@link combineFactors}). 3. The best `limit` are explained.
 */
export function matchNeed(
  need: MatchNeed,
  index: CapabilityIndex,
  documents: CapabilityLookup,
  options: MatchOptions,
): MatchCandidate[] {
  if (needExclusion(need, options.now, options.rules) !== null) return [];
  const query = buildQuery(need);
  const ranked = rank(need, query, index, documents, options);
  const context = { query, index, words: readNeedWords(need), modeMapping: options.modeMapping };
  const clusters = (options.rules ?? NO_RULES).shared.capabilityClusters;
  const shown = foldDuplicates(ranked, clusters).slice(0, options.limit ?? DEFAULT_LIMIT);
  return shown.map(({ item: { capability, score, factors }, folded }) => ({
    capabilityId: capability.id,
    capabilityVersion: capability.version,
    needId: need.id,
    needVersion: need.version,
    score,
    factors,
    reasons: [
      ...explainMatch(need, capability, context),
      ...(folded.length > 0 ? [{ kind: 'duplicates' as const, capabilityIds: folded }] : []),
    ],
  }));
}
