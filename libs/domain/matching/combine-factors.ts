import type { FactorSet } from './factor-sets/factor-set.js';
import type { MatchFactor } from './match-types.js';
import type { StructuralValue } from './structural-factors.js';

/** Normalised BM25F at which the text alone gives ½; only spreads the scale, the order by text is the same for any. */
export const LEXICAL_MIDPOINT = 1.5;
/** Share of the structural gain that does not need shared text (two languages, other words). */
const GROUND_SHARE = 0.1;

/** x/(x + midpoint): 0 for nothing shared, towards 1 for much. */
export function lexicalValue(normalisedScore: number): number {
  return normalisedScore <= 0 ? 0 : normalisedScore / (normalisedScore + LEXICAL_MIDPOINT);
}

/** What the words of a pair say, each 0..1; `works` is null for an offer without works. */
export interface TextValues {
  readonly lexical: number;
  readonly works: number | null;
}

/**
 * With text value L, structural weights w and values v:
 *   score = L + (1 − L)·(γ + (1 − γ)·L)·Σ w·(2v − 1)⁺ − L·Σ w·(1 − 2v)⁺, γ = 0.1
 * Each summand is one factor's contribution. As Σ w = 0.7 the score stays in 0..1, rises with L and with each v, and
 * equals L when nothing structural is known: unknown is not a mismatch, and structure without text gives at most 0.07.
 */
function combineBound(lexical: number, structural: readonly StructuralValue[]): MatchFactor[] {
  const gain = (1 - lexical) * (GROUND_SHARE + (1 - GROUND_SHARE) * lexical);
  const factors: MatchFactor[] = [{ code: 'lexical', weight: 1, value: lexical, contribution: lexical }];
  for (const { code, weight, value } of structural) {
    const direction = 2 * value - 1;
    const contribution = weight * direction * (direction >= 0 ? gain : lexical);
    factors.push({ code, weight, value, contribution });
  }
  return factors;
}

/** Until feedback says how often pairs of a kind find each other, a perfect fit is not called certain. */
const CEILING = 0.8;

/**
 * score = Σ w/2 + Σ w·(v − ½) over the structure + Σ w·t over the text: the first sum, over all structure of the set, is
 * the base that a pair has of which nothing is known. As all weights sum to 1, of which {@link CEILING} is used, the score
 * stays in 0..0.8. The weight of
 * works goes to the text as a whole where the offer has none.
 */
function combineAdditive(
  set: FactorSet,
  text: TextValues,
  structural: readonly StructuralValue[],
): MatchFactor[] {
  const base = set.structure.reduce((sum, { weight }) => sum + (CEILING * weight) / 2, 0);
  const factors: MatchFactor[] = [{ code: 'base', weight: 1, value: base, contribution: base }];
  const spare = text.works === null ? (set.text.find(({ code }) => code === 'works')?.weight ?? 0) : 0;
  for (const { code, weight: given } of set.text) {
    const value = text[code];
    if (value === null) continue;
    const weight = CEILING * (given + (code === 'lexical' ? spare : 0));
    factors.push({ code, weight, value, contribution: weight * value });
  }
  for (const { code, weight: given, value } of structural) {
    const weight = CEILING * given;
    factors.push({ code, weight, value, contribution: weight * (value - 0.5) });
  }
  return factors;
}

/** The parts of a pair's score by its factor set; they sum to it. */
export function combineFactors(
  set: FactorSet,
  text: TextValues,
  structural: readonly StructuralValue[],
): MatchFactor[] {
  return set.combine === 'additive'
    ? combineAdditive(set, text, structural)
    : combineBound(text.lexical, structural);
}

export function sumContributions(factors: readonly MatchFactor[]): number {
  let sum = 0;
  for (const factor of factors) sum += factor.contribution;
  return Math.min(1, Math.max(0, sum));
}
