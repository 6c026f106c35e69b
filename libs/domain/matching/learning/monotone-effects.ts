import type { GaussianProcess } from './gaussian-process.js';
import { isotonic } from './isotonic.js';
import { GRID, gridPlace } from './pair-kernel.js';
import { effectAt, FEATURES, isFree, type RankModel } from './rank-model.js';

type Shapes = readonly (readonly (readonly number[])[])[];

export interface LearnedEffects {
  readonly shapes: RankModel['shapes'];
  /** Per threshold, one coefficient per example. */
  readonly coefficients: readonly Float64Array[];
}

/** Each asks the process again, which takes n² multiplications per threshold. */
const TURNS = 20;
/** Chances that move by less than this decide nothing. */
const STILL = 5e-4;

/**
 * What the process says beyond the `known` effects, added to them: effects that are non-decreasing where more can only speak
 * for a pair, and coefficients that fit to them. Effects lean on each other (two measures of closeness, one up and one down),
 * so that levelling one alone makes predictions worse. What levelling moved is therefore taken for said, and the process is
 * asked anew for the rest, until it stands (alternating as Dykstra 1983 does between a fit and a constraint).
 */
export function monotoneEffects(process: GaussianProcess, known: Pick<RankModel, 'shapes'>): LearnedEffects {
  const { examples } = process;
  const counts = FEATURES.map(() => new Float64Array(GRID.places));
  for (const { features } of examples)
    for (const [k, value] of features.entries())
      if (!Number.isNaN(value)) counts[k]![Math.round(gridPlace(value))]! += 1;
  const level = (shapes: Shapes): number[][][] =>
    shapes.map((effects) =>
      effects.map((values, k) => (isFree(k) ? [...values] : [...isotonic(values, counts[k]!)])),
    );
  let { coefficients } = process;
  let learned: Shapes = freeEffects(process, known);
  let shapes = level(learned);
  let moved = combine(shapes, learned, subtract);
  let before = moved.map((effects) => effects.map((values) => values.map(() => 0)));
  for (let turn = 0; turn < TURNS && furthest(combine(moved, before, subtract)) > STILL; turn += 1) {
    const said = moved.map((effects) =>
      Float64Array.from(examples, ({ features }) => {
        let sum = 0;
        for (const [k, value] of features.entries())
          if (!Number.isNaN(value)) sum += effectAt(effects[k]!, value);
        return sum;
      }),
    );
    coefficients = process.coefficientsBeyond(said);
    learned = combine(process.shapes(FEATURES.length, coefficients), known.shapes, add);
    shapes = level(combine(learned, moved, add));
    before = moved;
    moved = combine(shapes, learned, subtract);
  }
  return { shapes: roundedShapes(shapes), coefficients };
}

/** What the process says beyond the `known` effects, added to them: effects that fall as well as rise. */
export function freeEffects(process: GaussianProcess, known: Pick<RankModel, 'shapes'>): RankModel['shapes'] {
  return roundedShapes(combine(process.shapes(FEATURES.length), known.shapes, add));
}

const add = (a: number, b: number) => a + b;
const subtract = (a: number, b: number) => a - b;

function combine(
  one: readonly (readonly ArrayLike<number>[])[],
  other: Shapes,
  by: (a: number, b: number) => number,
): number[][][] {
  return one.map((effects, threshold) =>
    effects.map((values, k) =>
      Array.from(values, (value, place) => by(value, other[threshold]![k]![place]!)),
    ),
  );
}

function furthest(shapes: Shapes): number {
  return Math.max(...shapes.flatMap((effects) => effects.flatMap((values) => values.map(Math.abs))));
}

function roundedShapes(shapes: Shapes): number[][][] {
  return shapes.map((effects) =>
    effects.map((values) => values.map((value) => Math.round(value * 1e6) / 1e6)),
  );
}
