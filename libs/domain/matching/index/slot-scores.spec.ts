import fc from 'fast-check';
import { SlotScores } from './slot-scores.js';

const scores = fc
  .tuple(fc.array(fc.constantFrom(0, 0, 0, 0.25, 1, 1.5, 2, 7), { maxLength: 200 }), fc.nat({ max: 100 }))
  .map(([values, gap]) => Float32Array.from([...Array.from({ length: gap }, () => 0), ...values]));

function visited(values: Float32Array, floor: number, next: (score: number) => number): number[] {
  const seen: number[] = [];
  new SlotScores(values).visit(floor, (slot, score) => {
    seen.push(slot);
    expect(score).toBe(values[slot]);
    return next(score);
  });
  return seen;
}

test('all slots that reach a floor are visited in order, whatever group they stand in', () => {
  fc.assert(
    fc.property(scores, fc.constantFrom(Number.MIN_VALUE, 0.5, 1, 2, 8), (values, floor) => {
      const expected = [...values.keys()].filter((slot) => values[slot]! >= floor);
      expect(visited(values, floor, () => floor)).toEqual(expected);
    }),
  );
});

test('a visit may raise the floor', () => {
  fc.assert(
    fc.property(scores, (values) => {
      const records: number[] = [];
      let best = Number.MIN_VALUE;
      for (const [slot, score] of values.entries()) {
        if (score < best) continue;
        records.push(slot);
        best = score;
      }
      expect(visited(values, Number.MIN_VALUE, (score) => score)).toEqual(records);
    }),
  );
});

test('sums are those of the scores, to the bit in any order', () => {
  const some = fc.array(fc.float({ min: 0, max: 90, noNaN: true }), { minLength: 1, maxLength: 200 });
  fc.assert(
    fc.property(
      some.chain((given) =>
        fc.tuple(fc.constant(given), fc.shuffledSubarray(given, { minLength: given.length })),
      ),
      ([given, shuffled]) => {
        const values = Float32Array.from(given);
        const { total, squares, best } = new SlotScores(values);
        expect(total).toBeCloseTo(
          values.reduce((sum, score) => sum + score, 0),
          4,
        );
        expect(squares).toBeCloseTo(
          values.reduce((sum, score) => sum + score * score, 0),
          4,
        );
        expect(best).toBe(values.reduce((most, score) => Math.max(most, score), 0));
        const others = new SlotScores(Float32Array.from(shuffled));
        expect([others.total, others.squares]).toEqual([total, squares]);
      },
    ),
  );
});

test('so many slots reach a level, unless it is the least there is', () => {
  fc.assert(
    fc.property(scores, fc.integer({ min: 1, max: 5 }), (values, count) => {
      const level = new SlotScores(values).levelOf(count);
      const reached = values.filter((score) => score >= level * (1 - 1e-12)).length;
      expect(reached >= count || level === Number.MIN_VALUE).toBe(true);
      const apart = values.filter((score, slot) => score === 7 && slot % 32 === 0).length;
      if (apart >= count) expect(level).toBeGreaterThan(6.9);
    }),
  );
});
