import type { LevelCorrection, UnseenPair } from './level-correction.js';

/** Mean slope per pair that rounding the weights to six places may leave. */
const FLAT = 1e-4;

/**
 * Checks that a correction is the likeliest one for its pairs: the likelihood of a logistic regression has one summit, and
 * there the errors of its chances cancel out along each of its inputs. Returns one sentence per violation.
 */
export function verifyCorrection(correction: LevelCorrection, pairs: readonly UnseenPair[]): string[] {
  const answered = pairs.filter(({ answers }) => answers > 0);
  const problems: string[] = [];
  for (const [k, weights] of correction.entries()) {
    const slopes = weights.map(() => 0);
    for (const { level, chances, closest, answers } of answered) {
      const row = [1, chances[0], chances[1], chances[2], Math.sqrt(closest), Math.log(1 + answers)];
      const odds = Math.exp(row.reduce((sum, value, at) => sum + value * weights[at]!, 0));
      const error = odds / (1 + odds) - (level >= k + 2 ? 1 : 0);
      for (const [at, value] of row.entries()) slopes[at]! += (error * value) / answered.length;
    }
    for (const [at, slope] of slopes.entries())
      if (!(Math.abs(slope) < FLAT + 1e-5 * Math.abs(weights[at]!)))
        problems.push(`level ≥ ${k + 2}, input ${at}: ${slope}`);
  }
  return problems;
}
