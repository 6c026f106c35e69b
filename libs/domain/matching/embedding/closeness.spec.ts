import fc from 'fast-check';
import { DEFAULT_VECTOR_WEIGHT, learnFusion, measureFrom, unitVector } from './closeness.js';

const angle = (degrees: number) =>
  unitVector([Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)]);

test('a unit vector has length 1, nothing stays nothing', () => {
  expect([...unitVector([3, 4])].map((value) => Math.round(value * 1e6) / 1e6)).toEqual([0.6, 0.8]);
  expect([...unitVector([0, 0])]).toEqual([0, 0]);
});

test('closeness counts deviations from what is usual for the need', () => {
  const sample = [70, 70, 70, 70, 110, 110, 110, 110].map(angle);
  const measure = measureFrom(angle(0), sample)!;
  // The sample's cosines are ±cos 70°: mean 0, deviation cos 70°.
  expect(measure(angle(90))).toBeCloseTo(0, 6);
  expect(measure(angle(70))).toBeCloseTo(1, 5);
  expect(measure(angle(110))).toBeCloseTo(-1, 5);
  expect(measure(angle(0))).toBeCloseTo(1 / Math.cos((70 * Math.PI) / 180), 5);
  expect(measureFrom(angle(0), sample.slice(1))).toBe(null);
});

test('closeness is clipped, and equal cosines are no reason for large numbers', () => {
  const measure = measureFrom(
    angle(0),
    Array.from({ length: 8 }, () => angle(90)),
  )!;
  expect(measure(angle(0))).toBe(4);
  expect(measure(angle(180))).toBe(-3);
});

const example = fc.record({
  logit: fc.double({ min: -4, max: 4, noNaN: true }),
  closeness: fc.oneof(fc.double({ min: -3, max: 4, noNaN: true }), fc.constant(Number.NaN)),
  positive: fc.boolean(),
});

test('the learned weight is the most likely one among all that are not negative', () => {
  fc.assert(
    fc.property(fc.array(example, { maxLength: 40 }), (examples) => {
      const { weight, pairs } = learnFusion('m', examples);
      const known = examples.filter(({ closeness }) => !Number.isNaN(closeness));
      expect(pairs).toBe(known.length);
      const loss = (w: number) =>
        5 * (w - DEFAULT_VECTOR_WEIGHT) ** 2 +
        known.reduce((sum, { logit, closeness, positive }) => {
          const odds = logit + w * closeness;
          return sum + Math.log1p(Math.exp(positive ? -odds : odds));
        }, 0);
      for (const other of [weight + 0.01, Math.max(0, weight - 0.01), 0, 1])
        expect(loss(weight)).toBeLessThanOrEqual(loss(other) + 1e-6);
    }),
  );
});

test('nearness that goes with interest gains weight, nearness that does not loses it', () => {
  const answers = (agreeing: boolean) =>
    Array.from({ length: 60 }, (_, n) => ({
      logit: 0,
      closeness: n % 2 === 0 ? 2 : -2,
      positive: (n % 2 === 0) === agreeing,
    }));
  expect(learnFusion('m', []).weight).toBe(DEFAULT_VECTOR_WEIGHT);
  expect(learnFusion('m', answers(true)).weight).toBeGreaterThan(1);
  expect(learnFusion('m', answers(false)).weight).toBe(0);
});
