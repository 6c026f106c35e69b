import fc from 'fast-check';
import { shanghaiDaySpan } from '../time/shanghai-time.js';
import { isNeedExpired } from './need-expiry.js';

test.each([
  ['2026-11-22T15:59:59.999Z', false],
  ['2026-11-22T16:00:00.000Z', true],
  ['2026-11-21T16:00:00.000Z', false],
] as const)('valid until 2026-11-22, at %s expired: %p', (now, expired) => {
  expect(isNeedExpired('2026-11-22', new Date(now))).toBe(expired);
});

test('without a day a need stays', () => {
  expect(isNeedExpired(null, new Date('2099-01-01T00:00:00Z'))).toBe(false);
});

test('a need is expired from the end of its day on', () => {
  const days = fc
    .date({ min: new Date('2020-01-01'), max: new Date('2040-01-01'), noInvalidDate: true })
    .map((date) => date.toISOString().slice(0, 10));
  fc.assert(
    fc.property(days, fc.integer({ min: -1e9, max: 1e9 }), (day, offset) => {
      const { end } = shanghaiDaySpan(day)!;
      expect(isNeedExpired(day, new Date(end + offset))).toBe(offset >= 0);
    }),
  );
});
