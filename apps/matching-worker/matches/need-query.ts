import { buildQuery } from '#libs/domain/matching/build-query.js';
import { factorSetsFor } from '#libs/domain/matching/factor-sets/read-factor-sets.js';
import type { MatchNeed } from '#libs/domain/matching/match-types.js';

/** Whether a learned model scores the need's achievements. */
export function isLearned(need: MatchNeed): boolean {
  return factorSetsFor(need.requestKind ?? 'technology').some(({ learned }) => learned);
}

/** The query `matchNeed` builds where nothing is learned. */
export function queryOf(need: MatchNeed) {
  return buildQuery(need, factorSetsFor(need.requestKind ?? 'technology')[0]?.request);
}
