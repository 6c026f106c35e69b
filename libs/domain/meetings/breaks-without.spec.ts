import fc from 'fast-check';
import { breaksWithout } from './breaks-without.js';

test('a meeting between two others leaves a gap, one at the end of the day none', () => {
  expect(breaksWithout([0, 1, 2], [1])).toEqual({ before: 0, after: 1, gap: { from: 0, to: 2 } });
  expect(breaksWithout([0, 1, 2], [2])).toEqual({ before: 0, after: 0, gap: null });
  expect(breaksWithout([5], [5])).toEqual({ before: 0, after: 0, gap: null });
});

test('two breaks become one that is longer, and a meeting of several slots leaves all of them', () => {
  expect(breaksWithout([0, 2, 4], [2])).toEqual({ before: 2, after: 1, gap: { from: 0, to: 4 } });
  expect(breaksWithout([0, 2, 3, 4, 6, 9], [2, 3, 4])).toEqual({
    before: 3,
    after: 2,
    gap: { from: 0, to: 6 },
  });
});

test('the gap is idle, its ends are not, and there is one exactly where something is left on both sides', () => {
  const day = fc.array(fc.boolean(), { minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(day, fc.nat(), fc.nat({ max: 3 }), (taken, at, more) => {
      const from = at % taken.length;
      const removed = Array.from({ length: Math.min(1 + more, taken.length - from) }, (_, i) => from + i);
      const left = taken.flatMap((isTaken, slot) => (isTaken && !removed.includes(slot) ? [slot] : []));
      const { gap } = breaksWithout([...left, ...removed], removed);
      const before = left.filter((slot) => slot < from);
      const after = left.filter((slot) => slot > from);
      expect(gap).toEqual(
        before.length > 0 && after.length > 0 ? { from: before.at(-1), to: after[0] } : null,
      );
    }),
  );
});
