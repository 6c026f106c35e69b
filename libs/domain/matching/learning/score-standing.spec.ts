import fc from 'fast-check';
import { SlotScores } from '../index/slot-scores.js';
import { ScoreStanding } from './score-standing.js';

const BINS = 4096;

/** By the definition, each score against all others. */
function higherByDefinition(values: Float32Array, score: number): number {
  const best = values.reduce((most, one) => Math.max(most, one), 0);
  const bin = (one: number) => Math.min(BINS - 1, Math.floor(one * (BINS / best)));
  return values.filter((one) => one > 0 && (score <= 0 || bin(one) > bin(score))).length;
}

test('ranks are counted over all scores, in whatever order they are asked for', () => {
  const scores = fc.array(fc.oneof(fc.constant(0), fc.float({ min: 0, max: 9, noNaN: true })), {
    minLength: 1,
    maxLength: 120,
  });
  fc.assert(
    fc.property(scores, fc.array(fc.nat(), { minLength: 1, maxLength: 12 }), (given, questions) => {
      const values = Float32Array.from(given);
      const standing = new ScoreStanding(new SlotScores(values), 1000);
      for (const question of questions) {
        const score = values[question % values.length]!;
        expect(standing.rankOf(score)).toBe(higherByDefinition(values, score));
      }
    }),
  );
});

test('a small market is counted as a larger one, and standing is in deviations from the mean', () => {
  const standing = new ScoreStanding(new SlotScores(Float32Array.of(1, 3, 0, 4)), 4);
  expect([standing.best, standing.rankOf(3), standing.rankOf(0)]).toEqual([4, 62.5, 187.5]);
  const even = new ScoreStanding(new SlotScores(Float32Array.of(2, 4, 0)), 2);
  expect([even.standingOf(3), even.standingOf(4)]).toEqual([0, 1]);
});

test('where nothing scores nothing ranks higher', () => {
  const standing = new ScoreStanding(new SlotScores(Float32Array.of(0, 0)), 2);
  expect([standing.best, standing.rankOf(0), standing.rankOf(1)]).toEqual([0, 0, 0]);
});
