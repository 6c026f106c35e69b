import fc from 'fast-check';
import { moneyStep, readPrice } from './price-fit.js';

const budget = (budgetMin: number | null, budgetMax: number | null) => ({ budgetMin, budgetMax });
const price = (priceMin: number | null, priceMax: number | null = null) => ({ priceMin, priceMax });

test('amounts stand on steps of 1, 2, 5, 10 …', () => {
  expect([1, 1.9, 2, 4.9, 5, 9.99, 10, 19, 20, 50, 100, 1000].map(moneyStep)).toEqual([
    0, 0, 1, 1, 2, 2, 3, 3, 4, 5, 6, 9,
  ]);
  expect([0.5, 0.2, 0.1, 0.05, 0].map(moneyStep)).toEqual([-1, -2, -3, -4, -12]);
  for (let step = -4; step <= 5; step += 1)
    for (const lead of [1, 2, 5])
      expect(moneyStep(Math.fround(Number(`${lead}e${step}`)))).toBe(moneyStep(Number(`${lead}e${step}`)));
});

test('what is unknown says nothing', () => {
  expect(readPrice(budget(null, null), price(10))).toBeNull();
  expect(readPrice(budget(null, 10), price(null))).toBeNull();
  expect(readPrice(budget(null, 0), price(10))).toBeNull();
  expect(readPrice({}, {})).toBeNull();
});

test('a price fits, fits in part, or lies above by steps of the gap', () => {
  expect(readPrice(budget(50, 150), price(100))).toEqual({ fit: 'within', value: 1 });
  expect(readPrice(budget(50, 150), price(0))).toEqual({ fit: 'within', value: 1 });
  expect(readPrice(budget(null, 150), price(20, 100))).toEqual({ fit: 'within', value: 1 });
  expect(readPrice(budget(null, 100), price(100, 500))).toEqual({ fit: 'partly', value: 0.5 + 0.5 / 3 });
  expect(readPrice(budget(null, 80), price(200))).toEqual({ fit: 'above', value: 0.5 - 1 / 3 });
  expect(readPrice(budget(null, 80), price(100))).toEqual({ fit: 'above', value: 0.5 - 1 / 6 });
  expect(readPrice(budget(null, 80), price(500))).toEqual({ fit: 'above', value: 0 });
  expect(readPrice(budget(null, 80), price(50_000))).toEqual({ fit: 'above', value: 0 });
});

test('an open end beyond what is known says nothing', () => {
  expect(readPrice(budget(50, null), price(80))).toEqual({ fit: 'within', value: 1 });
  expect(readPrice(budget(50, null), price(800))).toBeNull();
  expect(readPrice(budget(null, 60), price(null, 50))).toEqual({ fit: 'within', value: 1 });
  expect(readPrice(budget(null, 60), price(null, 300))).toBeNull();
});

const amount = fc.double({ min: 0.01, max: 1e5, noNaN: true });
const range = fc.tuple(amount, amount).map(([a, b]): [number, number] => [Math.min(a, b), Math.max(a, b)]);

test('whatever is affordable fits; dearer is never better, more budget never worse', () => {
  fc.assert(
    fc.property(range, range, amount, ([low, high], [from, to], more) => {
      const value = (spend: number, asked: [number, number]) =>
        readPrice(budget(null, spend), price(...asked))!.value;
      if (high <= to) expect(value(to, [low, high])).toBe(1);
      // Without the steps a gap of ten and more is out of the question, whatever the steps say in between.
      if (low > 10 * to * 2.5) expect(value(to, [low, high])).toBe(0);
      expect(value(to, [low + more, high + more])).toBeLessThanOrEqual(value(to, [low, high]));
      expect(value(to, [low, high + more])).toBeLessThanOrEqual(value(to, [low, high]));
      expect(value(to + more, [low, high])).toBeGreaterThanOrEqual(value(to, [low, high]));
      expect(readPrice(budget(from, to), price(low, high))).toEqual(
        readPrice(budget(null, to), price(low, high)),
      );
    }),
  );
});

test('budgets of one step cannot be told apart by any price', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(10, 20, 50, 100, 200),
      amount,
      fc.double({ min: 1, max: 1.9, noNaN: true }),
      (at, asked, times) => {
        expect(readPrice(budget(null, at * times), price(asked))).toEqual(
          readPrice(budget(null, at), price(asked)),
        );
      },
    ),
  );
});
