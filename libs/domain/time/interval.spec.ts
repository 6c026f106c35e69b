import fc from 'fast-check';
import {
  containsInterval,
  containsPoint,
  type Interval,
  intersectIntervals,
  mergeIntervals,
  overlaps,
  subtractIntervals,
  totalLength,
} from './interval.js';

const interval = fc.record({ start: fc.integer({ min: 0, max: 20 }), end: fc.integer({ min: 0, max: 20 }) });
const intervals = fc.array(interval, { maxLength: 6 });
const points = (list: readonly Interval[]) =>
  Array.from({ length: 21 }, (_, point) => point).filter((point) =>
    list.some((span) => containsPoint(span, point)),
  );
const isNormal = (list: readonly Interval[]) =>
  list.every((span, i) => span.start < span.end && (i === 0 || (list[i - 1]?.end ?? 0) < span.start));

test('touching spans do not overlap', () => {
  expect(overlaps({ start: 0, end: 5 }, { start: 5, end: 9 })).toBe(false);
  expect(overlaps({ start: 0, end: 6 }, { start: 5, end: 9 })).toBe(true);
  expect(overlaps({ start: 3, end: 3 }, { start: 0, end: 9 })).toBe(false);
});

test('touching spans merge into one', () => {
  expect(
    mergeIntervals([
      { start: 5, end: 9 },
      { start: 0, end: 5 },
      { start: 12, end: 12 },
    ]),
  ).toEqual([{ start: 0, end: 9 }]);
});

test('a hole is cut out', () => {
  expect(subtractIntervals([{ start: 0, end: 9 }], [{ start: 3, end: 4 }])).toEqual([
    { start: 0, end: 3 },
    { start: 4, end: 9 },
  ]);
});

test('the algebra agrees with sets of points and keeps its results in normal form', () => {
  fc.assert(
    fc.property(intervals, intervals, (a, b) => {
      const inA = new Set(points(a));
      const inB = new Set(points(b));
      expect(points(mergeIntervals(a))).toEqual([...inA]);
      expect(points(subtractIntervals(a, b))).toEqual([...inA].filter((point) => !inB.has(point)));
      expect(points(intersectIntervals(a, b))).toEqual([...inA].filter((point) => inB.has(point)));
      expect(totalLength(a)).toBe(inA.size);
      for (const list of [mergeIntervals(a), subtractIntervals(a, b), intersectIntervals(a, b)]) {
        expect(isNormal(list)).toBe(true);
      }
    }),
  );
});

test('overlap and containment agree with sets of points', () => {
  fc.assert(
    fc.property(interval, interval, (a, b) => {
      const inB = points([b]);
      expect(overlaps(a, b)).toBe(inB.some((point) => containsPoint(a, point)));
      expect(containsInterval(a, b)).toBe(inB.every((point) => containsPoint(a, point)));
    }),
  );
});
