import type { AssignmentPair } from './assignment.js';

/** In points of a thousandth: a mutual interest is worth more than any score without one. */
const INTEREST = { none: 0, left: 500, right: 500, both: 1_500 };

/** What a pair that meets is worth; at least 1. */
export function pairWorth({ score, interest }: Pick<AssignmentPair, 'score' | 'interest'>): number {
  return 1 + Math.round(1_000 * Math.min(1, Math.max(0, score))) + INTEREST[interest];
}
