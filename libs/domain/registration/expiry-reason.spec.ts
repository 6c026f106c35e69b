import { expiryReason } from './expiry-reason.js';

const since = new Date('2026-11-22T06:00:00Z');

test.each([
  ['expired', null, null, 'not-decided'],
  ['expired', since, null, 'never-offered'],
  ['expired', since, since, 'offer-unanswered'],
  ['waitlisted', since, null, null],
  ['cancelled', since, since, null],
] as const)('%s, waiting since %p, offered at %p: %p', (status, waitingSince, offeredAt, reason) => {
  expect(expiryReason({ status, waitingSince, offeredAt, note: null })).toBe(reason);
});

test('what ended with a cancelled event has its reason as a note', () => {
  const ended = { status: 'expired', waitingSince: since, offeredAt: since, note: '台风' };
  expect(expiryReason(ended)).toBe('event-cancelled');
});
