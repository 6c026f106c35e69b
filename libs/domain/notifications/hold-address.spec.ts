import fc from 'fast-check';
import { shouldHold, type AddressFailure } from './hold-address.js';

const NOW = new Date('2026-11-22T04:00:00Z');
const daysAgo = (days: number, mailId = `mail-${days}`): AddressFailure => ({
  mailId,
  at: new Date(NOW.getTime() - days * 24 * 3_600_000),
});

test.each<[string, AddressFailure[], Date | null, boolean]>([
  ['one refusal', [daysAgo(1)], null, false],
  ['three mails on three days', [daysAgo(1), daysAgo(2), daysAgo(9)], null, true],
  ['many on one day', [daysAgo(1, 'a'), daysAgo(1, 'b'), daysAgo(1, 'c'), daysAgo(1, 'd')], null, false],
  ['one mail reported thrice', [daysAgo(1, 'a'), daysAgo(2, 'a'), daysAgo(3, 'a')], null, false],
  ['one of them long ago', [daysAgo(1), daysAgo(2), daysAgo(91)], null, false],
  ['a sign of life in between', [daysAgo(1), daysAgo(2), daysAgo(9)], daysAgo(5).at, false],
  ['a sign of life before', [daysAgo(1), daysAgo(2), daysAgo(9)], daysAgo(10).at, true],
])('%s', (_, failures, aliveAt, expected) => {
  expect(shouldHold(failures, aliveAt, NOW)).toBe(expected);
});

test('fewer than three mails never hold an address, and one more failure never frees it', () => {
  const failure = fc.record({
    mailId: fc.constantFrom('a', 'b', 'c', 'd'),
    days: fc.integer({ min: 0, max: 120 }),
  });
  fc.assert(
    fc.property(fc.array(failure, { maxLength: 8 }), failure, (some, more) => {
      const failures = some.map(({ days, mailId }) => daysAgo(days, mailId));
      const held = shouldHold(failures, null, NOW);
      if (new Set(failures.map(({ mailId }) => mailId)).size < 3) expect(held).toBe(false);
      if (held) expect(shouldHold([...failures, daysAgo(more.days, more.mailId)], null, NOW)).toBe(true);
    }),
  );
});
