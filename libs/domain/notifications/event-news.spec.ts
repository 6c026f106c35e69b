import { isEventNews, type SaidOfEvent } from './event-news.js';

const A = { summary: '甲', startsAt: '2026-12-01T01:00:00Z', endsAt: '2026-12-01T03:00:00Z', place: '' };
const B = { ...A, summary: '乙' };
const said = (topic: string, payload: object, reopened = false): SaidOfEvent => ({
  topic,
  payload: { ...payload },
  reopened,
});

test('an update is news when it says something else than what was said last', () => {
  const toB = { ...B, before: A };
  expect(isEventNews('invitation-update', toB, undefined)).toBe(true);
  expect(isEventNews('invitation-update', toB, said('invitation-update', B))).toBe(false);
  expect(isEventNews('invitation-update', toB, said('invitation-update', A))).toBe(true);
  // What changed for one guest alone.
  expect(isEventNews('invitation-update', { ...A, before: A }, undefined)).toBe(false);
});

test('a cancellation of the event is news once, unless it was opened again; one guest leaving never is', () => {
  const off = { ...A, cancelledWhole: true };
  expect(isEventNews('invitation-cancel', { ...A, cancelledWhole: false }, undefined)).toBe(false);
  expect(isEventNews('invitation-cancel', off, said('invitation-update', A))).toBe(true);
  expect(isEventNews('invitation-cancel', off, said('invitation-cancel', A))).toBe(false);
  expect(isEventNews('invitation-cancel', off, said('invitation-cancel', A, true))).toBe(true);
});

test('the first invitation is news, and the first after a cancellation', () => {
  expect(isEventNews('invitation-request', A, undefined)).toBe(true);
  expect(isEventNews('invitation-request', A, said('invitation-request', A))).toBe(false);
  expect(isEventNews('invitation-request', A, said('invitation-cancel', A))).toBe(true);
});
