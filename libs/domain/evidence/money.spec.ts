import fc from 'fast-check';
import { formatAmount, fromFen, InvalidAmountError, sumAmounts, toFen } from './money.js';

test.each<[string, string, string]>([
  ['3620000000.00', '36.20 亿元', 'CNY 3.62 billion'],
  ['8500000', '850.00 万元', 'CNY 8.50 million'],
  ['99.5', '99.50 元', 'CNY 99.50'],
  ['9950', '9950.00 元', 'CNY 9,950.00'],
  ['0', '0.00 元', 'CNY 0.00'],
  ['0.05', '0.05 元', 'CNY 0.05'],
  ['99999999.99', '1.00 亿元', 'CNY 100.00 million'],
  ['9999.99', '9999.99 元', 'CNY 9,999.99'],
  ['999999999.99', '10.00 亿元', 'CNY 1.00 billion'],
  ['123450.00', '12.35 万元', 'CNY 123,450.00'],
  ['-8500000.00', '-850.00 万元', 'CNY -8.50 million'],
])('%s yuan for people', (amount, zh, en) => {
  expect([formatAmount(amount, 'zh-CN'), formatAmount(amount, 'en')]).toEqual([zh, en]);
});

test.each(['', '1.234', '1,000', 'abc', '1e5', '.5', '5.', ' 1', '٣'])('%j is no amount', (amount) => {
  expect(() => toFen(amount)).toThrow(InvalidAmountError);
});

test('a sum is exact where floating point is not', () => {
  expect(sumAmounts(['0.10', '0.20'])).toBe('0.30');
  expect(sumAmounts(['9007199254740993.01', '0.01', '-1'])).toBe('9007199254740992.02');
  expect(sumAmounts([])).toBe('0.00');
});

test('fen and text are inverse, and sums agree with bigint sums', () => {
  fc.assert(
    fc.property(fc.array(fc.bigInt({ min: -(10n ** 18n), max: 10n ** 18n })), (all) => {
      expect(all.map((fen) => toFen(fromFen(fen)))).toEqual(all);
      expect(toFen(sumAmounts(all.map(fromFen)))).toBe(all.reduce((sum, fen) => sum + fen, 0n));
    }),
  );
});
