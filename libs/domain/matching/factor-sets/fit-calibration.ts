import type { Logistic } from '../learning/logistic.js';

/** A graded pair: the sum of its factors, and whether people thought it worth a conversation. */
export interface GradedSum {
  readonly sum: number;
  readonly positive: boolean;
}

const TURNS = 100;
/** Normal prior on the slope, around nothing: a few pairs that happen to be separable do not make a certainty. */
const RIDGE = 0.01;

/** Platt scaling (1999) with his smoothed targets, which keep a small set from extreme chances; by Newton's method. */
export function fitCalibration(pairs: readonly GradedSum[]): Logistic {
  const positive = pairs.filter((pair) => pair.positive).length;
  const high = (positive + 1) / (positive + 2);
  const low = 1 / (pairs.length - positive + 2);
  let [offset, slope] = [0, 0];
  for (let turn = 0; turn < TURNS; turn += 1) {
    let [g0, g1, h00, h01, h11] = [0, RIDGE * slope, 1e-9, 0, RIDGE];
    for (const pair of pairs) {
      const chance = 1 / (1 + Math.exp(-(offset + slope * pair.sum)));
      const gap = chance - (pair.positive ? high : low);
      const weight = chance * (1 - chance);
      g0 += gap;
      g1 += gap * pair.sum;
      h00 += weight;
      h01 += weight * pair.sum;
      h11 += weight * pair.sum ** 2;
    }
    const determinant = h00 * h11 - h01 * h01;
    const steps = [(h11 * g0 - h01 * g1) / determinant, (h00 * g1 - h01 * g0) / determinant] as const;
    offset -= steps[0];
    slope -= steps[1];
    if (Math.abs(steps[0]) + Math.abs(steps[1]) < 1e-10) break;
  }
  const rounded = (value: number) => Math.round(value * 1e4) / 1e4;
  return { offset: rounded(offset), slope: rounded(slope) };
}
