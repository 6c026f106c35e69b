import type { AssignmentPair, AssignmentWeights } from './assignment.js';

/** A mutual interest is worth more than any score without one. */
export const DEFAULT_WEIGHTS: AssignmentWeights = { score: 1_000, oneSided: 500, mutual: 1_500 };

/** What a pair that meets is worth; at least 1. */
export function pairWorth(
  { score, interest }: Pick<AssignmentPair, 'score' | 'interest'>,
  { score: perScore, oneSided, mutual }: AssignmentWeights = DEFAULT_WEIGHTS,
): number {
  const wanted = { none: 0, left: oneSided, right: oneSided, both: mutual };
  return 1 + Math.round(perScore * Math.min(1, Math.max(0, score))) + wanted[interest];
}
