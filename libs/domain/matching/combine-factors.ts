import type { MatchFactor } from './match-types.js';
import { STRUCTURAL_WEIGHTS, type StructuralValue } from './structural-factors.js';

/** Normalised BM25F at which the text alone gives ½; only spreads the scale, the order by text is the same for any. */
export const LEXICAL_MIDPOINT = 1.5;
/** Share of the structural gain that does not need shared text (two languages, other words). */
const GROUND_SHARE = 0.1;

/** x/(x + midpoint): 0 for nothing shared, towards 1 for much. */
export function lexicalValue(normalisedScore: number): number {
  return normalisedScore <= 0 ? 0 : normalisedScore / (normalisedScore + LEXICAL_MIDPOINT);
}

/**
 * With text value L, structural weights w and values v:
 *   score = L + (1 − L)·(γ + (1 − γ)·L)·Σ w·(2v − 1)⁺ − L·Σ w·(1 − 2v)⁺, γ = 0.1
 * Each summand is one factor's contribution. As Σ w = 0.7 the score stays in 0..1, rises with L and with each v, and
 * equals L when nothing structural is known: unknown is not a mismatch, and structure without text gives at most 0.07.
 */
export function combineFactors(lexical: number, structural: readonly StructuralValue[]): MatchFactor[] {
  const gain = (1 - lexical) * (GROUND_SHARE + (1 - GROUND_SHARE) * lexical);
  const factors: MatchFactor[] = [{ code: 'lexical', weight: 1, value: lexical, contribution: lexical }];
  for (const { code, value } of structural) {
    const weight = STRUCTURAL_WEIGHTS[code];
    const direction = 2 * value - 1;
    factors.push({
      code,
      weight,
      value,
      contribution: weight * direction * (direction >= 0 ? gain : lexical),
    });
  }
  return factors;
}

export function sumContributions(factors: readonly MatchFactor[]): number {
  let sum = 0;
  for (const factor of factors) sum += factor.contribution;
  return Math.min(1, Math.max(0, sum));
}
