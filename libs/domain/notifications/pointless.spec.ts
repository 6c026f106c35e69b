import { isPointless } from './pointless.js';

const START = '2026-12-01T01:00:00.000Z';
const END = '2026-12-01T03:00:00.000Z';
const times = { startsAt: START, endsAt: END };
const at = (instant: string, minutes = 0) => new Date(new Date(instant).getTime() + minutes * 60_000);

test('a reminder of the start is of use until then, one of the end until the end, thanks always', () => {
  const before = { ...times, anchor: 'start', minutes: -60 };
  expect(isPointless('event-reminder', before, at(START, -1))).toBe(false);
  expect(isPointless('event-reminder', before, at(START))).toBe(true);
  const during = { ...times, anchor: 'start', minutes: 30 };
  expect(isPointless('event-reminder', during, at(END, -1))).toBe(false);
  expect(isPointless('event-reminder', during, at(END))).toBe(true);
  expect(isPointless('event-reminder', { ...times, anchor: 'end', minutes: -15 }, at(END))).toBe(true);
  expect(isPointless('event-reminder', { ...times, anchor: 'end', minutes: 60 }, at(END, 600))).toBe(false);
});

test('offers and invitations are of use until they lapse; a cancellation always is', () => {
  expect(isPointless('registration-offer', { ...times, expiresAt: START }, at(START, -1))).toBe(false);
  expect(isPointless('registration-offer', { ...times, expiresAt: START }, at(START))).toBe(true);
  expect(isPointless('invitation-update', times, at(END))).toBe(true);
  expect(isPointless('invitation-cancel', times, at(END))).toBe(false);
  expect(isPointless('need-published', {}, at(END))).toBe(false);
});
