import fc from 'fast-check';
import { GaussianProcess, type ProcessExample } from './gaussian-process.js';
import { isotonic } from './isotonic.js';
import { monotoneEffects } from './monotone-effects.js';
import { GRID, gridPlace } from './pair-kernel.js';
import { effectAt, FEATURES, isFree } from './rank-model.js';

const FLAT = { shapes: [0, 1, 2].map(() => FEATURES.map(() => Array<number>(GRID.places).fill(0))) };
/** Every pair stands for itself: what is known of it comes from its features. */
const alone = {
  needs: (a: number, b: number) => Number(a === b),
  capabilities: (a: number, b: number) => Number(a === b),
};

function example(place: number, values: readonly [number, number], level: number): ProcessExample {
  const features = new Float64Array(FEATURES.length).fill(Number.NaN);
  features.set(values);
  return { need: place, capability: place, features, level };
}
const learn = (examples: readonly ProcessExample[]) =>
  new GaussianProcess(
    examples,
    alone,
    examples.map(() => [0, 0, 0]),
  );

test('effects never fall where more can only speak for a pair, whatever was graded', () => {
  const value = fc.double({ min: -2, max: 2, noNaN: true });
  const graded = fc.array(fc.tuple(value, value, fc.integer({ min: 1, max: 4 })), {
    minLength: 2,
    maxLength: 12,
  });
  fc.assert(
    fc.property(graded, (rows) => {
      const { shapes } = monotoneEffects(
        learn(rows.map(([a, b, level], at) => example(at, [a, b], level))),
        FLAT,
      );
      for (const effects of shapes)
        for (const [k, values] of effects.entries())
          if (!isFree(k))
            for (let place = 1; place < values.length; place += 1)
              expect(values[place]!).toBeGreaterThanOrEqual(values[place - 1]!);
    }),
    { numRuns: 25 },
  );
});

test('what one effect may not say is left to the others, which predict better than levelled apart', () => {
  // The second measure follows the first, and of two pairs equal in the first the one lower in the second is the better.
  const examples = Array.from({ length: 300 }, (_, at) => {
    const first = Math.sin(at * 12.9898) * 2;
    const second = first + Math.sin(at * 78.233);
    return example(at, [first, second], 1.8 * first - 0.8 * second > 0 ? 4 : 1);
  });
  const process = learn(examples);
  const counts = FEATURES.map(() => new Float64Array(GRID.places));
  for (const { features } of examples)
    for (const k of [0, 1]) counts[k]![Math.round(gridPlace(features[k]!))]! += 1;
  const apart = process
    .shapes(FEATURES.length)
    .map((effects) => effects.map((values, k) => [...isotonic(values, counts[k]!)]));
  const together = monotoneEffects(process, FLAT).shapes;
  const error = (shapes: readonly (readonly (readonly number[])[])[]) =>
    examples.reduce((sum, { features, level }) => {
      const said = effectAt(shapes[1]![0]!, features[0]!) + effectAt(shapes[1]![1]!, features[1]!);
      return sum + (said - Number(level >= 3)) ** 2;
    }, 0);
  expect(error(together)).toBeLessThan(0.999 * error(apart));
});
