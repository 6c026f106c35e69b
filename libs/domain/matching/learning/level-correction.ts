import type { LevelChances } from './gaussian-process.js';
import { logistic } from './logistic.js';
import { THRESHOLDS } from './pair-kernel.js';
import { solveSmall } from './symmetric-system.js';

/** How much of a pair's need has been answered, the pair itself left out. */
export interface Answered {
  /** How many of its pairs. */
  readonly answers: number;
  /** Likeness of the capability to that of those pairs that is most like it, about 0..1. */
  readonly closest: number;
}

/** Offset, then what the chances of level ≥ 2, ≥ 3, ≥ 4, the root of `closest` and ln(1 + `answers`) weigh. */
export type CorrectionWeights = readonly number[];

/** Per threshold, in log odds. */
export type LevelCorrection = readonly [CorrectionWeights, CorrectionWeights, CorrectionWeights];

/** A graded pair and what is said of it by a process that has not seen its grade. */
export interface UnseenPair extends Answered {
  readonly needId: string;
  readonly level: number;
  readonly chances: LevelChances;
}

const TURNS = 30;
/** Per pair: keeps weights finite where the two outcomes are apart. */
const RIDGE = 1e-5;
/** Fewer pairs, or fewer on either side of a threshold, say nothing of how far it is off. */
const LEAST_PAIRS = 500;
const LEAST_OF_EACH = 20;
const FOLDS = 5;

function inputs(chances: LevelChances, { closest, answers }: Answered): number[] {
  return [1, ...chances, Math.sqrt(Math.max(0, closest)), Math.log1p(answers)];
}

const dot = (a: readonly number[], b: ArrayLike<number>) => a.reduce((sum, x, k) => sum + x * b[k]!, 0);

/** Logistic regression by Newton's method; the offset is not held back. */
function fitWeights(rows: readonly (readonly number[])[], outcomes: readonly boolean[]): number[] {
  const width = rows[0]!.length;
  const weights = Array<number>(width).fill(0);
  for (let turn = 0; turn < TURNS; turn += 1) {
    const ridge = (k: number) => (k === 0 ? 0 : RIDGE * rows.length);
    const slope = weights.map((weight, k) => ridge(k) * weight);
    const bend = new Float64Array(width * width);
    for (let k = 0; k < width; k += 1) bend[k * width + k] = ridge(k) + 1e-9;
    for (const [at, row] of rows.entries()) {
      const chance = logistic({ offset: 0, slope: 1 }, dot(row, weights));
      const gap = chance - Number(outcomes[at]);
      const weight = chance * (1 - chance);
      for (let a = 0; a < width; a += 1) {
        slope[a]! += gap * row[a]!;
        for (let b = 0; b < width; b += 1) bend[a * width + b]! += weight * row[a]! * row[b]!;
      }
    }
    const step = solveSmall(bend, slope);
    for (let k = 0; k < width; k += 1) weights[k]! -= step[k]!;
    if (Math.max(...step.map(Math.abs)) < 1e-9) break;
  }
  return weights.map((weight) => Math.round(weight * 1e6) / 1e6);
}

/**
 * Least squares draw each indicator towards its mean by itself; what the other two say, how close the nearest answer is and
 * how many there are tell on which side of a threshold a pair is. Stacked generalisation (Wolpert 1992) on predictions
 * of pairs left out. Null where there are too few pairs to learn it from.
 */
export function fitCorrection(pairs: readonly UnseenPair[]): LevelCorrection | null {
  const answered = pairs.filter(({ answers }) => answers > 0);
  const reaching = THRESHOLDS.map((threshold) => answered.filter(({ level }) => level >= threshold).length);
  const enough = (count: number) => Math.min(count, answered.length - count) >= LEAST_OF_EACH;
  if (answered.length < LEAST_PAIRS || !reaching.every(enough)) return null;
  const rows = answered.map((pair) => inputs(pair.chances, pair));
  const fit = (threshold: number) =>
    fitWeights(
      rows,
      answered.map(({ level }) => level >= threshold),
    );
  return [fit(THRESHOLDS[0]), fit(THRESHOLDS[1]), fit(THRESHOLDS[2])];
}

/** Chances to read a level from; those given where there is no correction or nothing of the need has been answered. */
export function correctChances(
  correction: LevelCorrection | null | undefined,
  chances: LevelChances,
  answered: Answered,
): LevelChances {
  if (!correction || answered.answers === 0) return chances;
  const row = inputs(chances, answered);
  const chance = (weights: CorrectionWeights) => logistic({ offset: 0, slope: 1 }, dot(row, weights));
  return [chance(correction[0]), chance(correction[1]), chance(correction[2])];
}

/** What corrections learned from the pairs of other needs make of each pair. */
export function correctAcross(pairs: readonly UnseenPair[]): LevelChances[] {
  const places = new Map([...new Set(pairs.map(({ needId }) => needId))].sort().map((id, at) => [id, at]));
  const foldOf = ({ needId }: UnseenPair) => places.get(needId)! % FOLDS;
  const corrections = Array.from({ length: FOLDS }, (_, fold) =>
    fitCorrection(pairs.filter((pair) => foldOf(pair) !== fold)),
  );
  return pairs.map((pair) => correctChances(corrections[foldOf(pair)], pair.chances, pair));
}
