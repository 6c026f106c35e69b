import { logistic, type Logistic } from './learning/logistic.js';
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

/**
 * sum = Σ w/2 + Σ w·(v − ½) over the structure + Σ w·t over the text: the first sum, over all structure of the set, is
 * the base that a pair has of which nothing is known. As all weights sum to 1 it stays in 0..1. The weight of works goes to
 * the text as a whole where the offer has none.
 */
function combineAdditive(
  set: FactorSet,
  text: TextValues,
  structural: readonly StructuralValue[],
): MatchFactor[] {
  const base = set.structure.reduce((sum, { weight }) => sum + weight / 2, 0);
  const factors: MatchFactor[] = [{ code: 'base', weight: 1, value: base, contribution: base }];
  const spare = text.works === null ? (set.text.find(({ code }) => code === 'works')?.weight ?? 0) : 0;
  for (const { code, weight: given } of set.text) {
    const value = text[code];
    if (value === null) continue;
    const weight = given + (code === 'lexical' ? spare : 0);
    factors.push({ code, weight, value, contribution: weight * value });
  }
  for (const { code, weight, value } of structural)
    factors.push({ code, weight, value, contribution: weight * (value - 0.5) });
  return factors;
}

/**
 * The same parts of the chance that the sum stands for: the base's chance, and each factor's share of the way from there to
 * the pair's (Aumann & Shapley 1974), so that they sum to it.
 */
function calibrate([base, ...others]: readonly MatchFactor[], calibration: Logistic): MatchFactor[] {
  const moved = others.reduce((sum, { contribution }) => sum + contribution, 0);
  const start = base!.contribution;
  const origin = logistic(calibration, start);
  const chance = logistic(calibration, start + moved);
  const share = Math.abs(moved) < 1e-12 ? 0 : (chance - origin) / moved;
  return [
    { ...base!, value: origin, contribution: origin },
    ...others.map((factor) => ({ ...factor, contribution: factor.contribution * share })),
  ];
}

/** The parts of a pair's score by its factor set; they sum to it. */
export function combineFactors(
  set: FactorSet,
  text: TextValues,
  structural: readonly StructuralValue[],
): MatchFactor[] {
  if (set.combine === 'text-bound') return combineBound(text.lexical, structural);
  const factors = combineAdditive(set, text, structural);
  return set.calibration === undefined ? factors : calibrate(factors, set.calibration);
}

export function sumContributions(factors: readonly MatchFactor[]): number {
  let sum = 0;
  for (const factor of factors) sum += factor.contribution;
  return Math.min(1, Math.max(0, sum));
}
