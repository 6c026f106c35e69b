import fc from 'fast-check';
import { monthSpans } from './month-spans.js';

test('months begin at midnight in Shanghai', () => {
  const spans = monthSpans(new Date('2025-12-31T15:59:59Z'), new Date('2026-01-31T16:00:00.001Z'));
  expect(spans.map(({ label, start, end }) => [label, start.toISOString(), end.toISOString()])).toEqual([
    ['2025-12', '2025-12-31T15:59:59.000Z', '2025-12-31T16:00:00.000Z'],
    ['2026-01', '2025-12-31T16:00:00.000Z', '2026-01-31T16:00:00.000Z'],
    ['2026-02', '2026-01-31T16:00:00.000Z', '2026-01-31T16:00:00.001Z'],
  ]);
  expect(monthSpans(new Date(5), new Date(5))).toEqual([]);
});

test('the months are the span, without gap, overlap or empty month', () => {
  const instant = fc.date({ min: new Date('1992-01-01'), max: new Date('2099-01-01'), noInvalidDate: true });
  fc.assert(
    fc.property(instant, instant, (a, b) => {
      const [start, end] = a < b ? [a, b] : [b, a];
      const spans = monthSpans(start, end);
      const borders = [start, ...spans.map((span) => span.end)];
      expect(spans.map((span) => span.start)).toEqual(borders.slice(0, -1));
      expect(borders.at(-1)).toEqual(end);
      expect(spans.every((span) => span.start < span.end)).toBe(true);
      expect(new Set(spans.map((span) => span.label)).size).toBe(spans.length);
    }),
    { numRuns: 60 },
  );
});
