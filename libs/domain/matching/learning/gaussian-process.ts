import { ANSWERS, GRID, gridKernel, gridPlace, KERNEL, nearness, THRESHOLDS } from './pair-kernel.js';
import { solveSmall, SymmetricSystem } from './symmetric-system.js';

/** A graded pair as the process sees it. `features` in standard deviations, NaN where unknown. */
export interface ProcessExample {
  readonly need: number;
  readonly capability: number;
  readonly features: Float64Array;
  readonly level: number;
}

/** Likeness of needs and of capabilities by their numbers, about 0..1, symmetric. */
export interface Likeness {
  needs(a: number, b: number): number;
  capabilities(a: number, b: number): number;
}

/** Probabilities of level ≥ 2, ≥ 3, ≥ 4. */
export type LevelChances = readonly [number, number, number];

/** Places on the grid, −1 where unknown; one row per example. */
function gridRows(examples: readonly ProcessExample[], width: number): Int8Array {
  const rows = new Int8Array(examples.length * width).fill(-1);
  for (const [row, { features }] of examples.entries())
    for (let k = 0; k < width; k += 1)
      if (!Number.isNaN(features[k]!)) rows[row * width + k] = Math.round(gridPlace(features[k]!));
  return rows;
}

/** Mean over the features both know; and that of exp(−mean squared distance / 2). */
function featureLikeness(rows: Int8Array, a: number, b: number, width: number, table: Float64Array) {
  let single = 0;
  let squares = 0;
  let known = 0;
  for (let k = 0; k < width; k += 1) {
    const first = rows[a + k]!;
    const second = rows[b + k]!;
    if (first < 0 || second < 0) continue;
    const distance = Math.abs(first - second);
    single += table[distance]!;
    squares += distance * distance;
    known += 1;
  }
  return { single: single / width, squares: known > 0 ? squares / known : 0 };
}

const STEP = (GRID.high - GRID.low) / (GRID.places - 1);

/**
 * Gaussian process regression (Rasmussen & Williams 2006, §2.2) of the three indicators level ≥ 2, ≥ 3, ≥ 4 on graded
 * pairs. Time n³/3, memory 4n² bytes. Throws RangeError for fewer than two examples.
 */
export class GaussianProcess {
  /** Per threshold, one coefficient per example. */
  readonly coefficients: readonly Float64Array[];
  /** Per threshold, what is to be said of each example beyond what was expected. */
  private readonly targets: readonly Float64Array[];
  private readonly system: SymmetricSystem;

  constructor(
    readonly examples: readonly ProcessExample[],
    likeness: Likeness,
    /** What is expected of each example before anything is learned: another model's chances, or what is assumed of all. */
    expected: readonly LevelChances[],
  ) {
    if (examples.length < 2) throw new RangeError('At least two graded pairs are needed.');
    const count = examples.length;
    this.targets = THRESHOLDS.map((threshold, k) =>
      Float64Array.from(examples, ({ level }, row) => Number(level >= threshold) - expected[row]![k]!),
    );
    this.system = new SymmetricSystem(covariance(examples, likeness), count);
    this.coefficients = this.targets.map((values) => this.system.solve(values));
  }

  /** Coefficients of what is left to say once so much, per threshold, has been said of each example. n² multiplications each. */
  coefficientsBeyond(said: readonly Float64Array[]): Float64Array[] {
    return this.targets.map((values, k) =>
      this.system.solve(values.map((value, row) => value - said[k]![row]!)),
    );
  }

  /**
   * What the process would say of each example without the examples of its group (closed form: Rasmussen & Williams
   * §5.4.2, blocks instead of single ones), by the coefficients of each set: its own, or those of what was left to say
   * ({@link coefficientsBeyond}), where all of it is said together. `groupOf` gives a group per row.
   */
  leaveOut(groupOf: (row: number) => string, sets: readonly (readonly Float64Array[])[]): LevelChances[][] {
    const groups = new Map<string, number[]>();
    for (const row of this.examples.keys()) {
      const rows = groups.get(groupOf(row));
      if (rows) rows.push(row);
      else groups.set(groupOf(row), [row]);
    }
    const said = sets.map((): LevelChances[] => []);
    for (const rows of groups.values()) {
      const block = this.system.inverseAt(rows);
      for (const [set, coefficients] of sets.entries()) {
        const shifts = coefficients.map((values) =>
          solveSmall(
            block,
            rows.map((row) => values[row]!),
          ),
        );
        for (const [place, row] of rows.entries()) {
          const chance = (k: number) =>
            Number(this.examples[row]!.level >= THRESHOLDS[k]!) - shifts[k]![place]!;
          said[set]![row] = [chance(0), chance(1), chance(2)];
        }
      }
    }
    return said;
  }

  /** Effect of each feature at each place of the grid, per threshold: a chance is what was expected + Σ effects + what neighbours say. */
  shapes(width: number, coefficients = this.coefficients): Float64Array[][] {
    const table = gridKernel();
    const rows = gridRows(this.examples, width);
    return coefficients.map((values) =>
      Array.from({ length: width }, (_, k) => {
        const mass = new Float64Array(GRID.places);
        for (let row = 0; row < values.length; row += 1) {
          const place = rows[row * width + k]!;
          if (place >= 0) mass[place]! += values[row]!;
        }
        return Float64Array.from({ length: GRID.places }, (_, place) => {
          let sum = 0;
          for (let other = 0; other < GRID.places; other += 1)
            sum += mass[other]! * table[Math.abs(place - other)]!;
          return (sum * KERNEL.features) / width;
        });
      }),
    );
  }
}

function covariance(examples: readonly ProcessExample[], likeness: Likeness): Float32Array {
  const count = examples.length;
  const width = examples[0]!.features.length;
  const table = gridKernel();
  const rows = gridRows(examples, width);
  const values = new Float32Array(count * count);
  for (let a = 0; a < count; a += 1) {
    const { need, capability } = examples[a]!;
    for (let b = 0; b <= a; b += 1) {
      const other = examples[b]!;
      const { single, squares } = featureLikeness(rows, a * width, b * width, width, table);
      const needs = likeness.needs(need, other.need);
      const capabilities = likeness.capabilities(capability, other.capability);
      const same = need === other.need ? 1 : 0;
      const near = Math.exp((-squares * STEP * STEP) / 2);
      values[a * count + b] =
        KERNEL.features * single +
        ANSWERS.needAlike * needs +
        ANSWERS.sameNeed * same +
        ANSWERS.capabilityAlike * capabilities +
        (ANSWERS.bothAlike * needs + ANSWERS.sameNeedCapabilityAlike * same) * capabilities +
        ANSWERS.bothAlikeAndFeatures * nearness(needs) * capabilities * near;
    }
    values[a * count + a]! += KERNEL.noise;
  }
  return values;
}
