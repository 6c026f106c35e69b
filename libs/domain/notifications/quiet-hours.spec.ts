import fc from 'fast-check';
import { afterQuietHours, DEFAULT_QUIET_HOURS, isQuiet, isUrgent, nextAt } from './quiet-hours.js';

/** Shanghai is UTC+8. */
const at = (text: string) => new Date(`${text}+08:00`);

test.each([
  ['2026-11-22T21:59:59', '2026-11-22T21:59:59'],
  ['2026-11-22T22:00:00', '2026-11-23T08:00:00'],
  ['2026-11-23T00:30:00', '2026-11-23T08:00:00'],
  ['2026-11-23T07:59:59', '2026-11-23T08:00:00'],
  ['2026-11-23T08:00:00', '2026-11-23T08:00:00'],
  ['2026-12-31T23:00:00', '2027-01-01T08:00:00'],
])('what comes at %s leaves at %s', (come, leave) => {
  expect(afterQuietHours(at(come), DEFAULT_QUIET_HOURS)).toEqual(at(leave));
});

test('hours within a day, and none', () => {
  expect(afterQuietHours(at('2026-11-22T13:00:00'), { from: 720, until: 840 })).toEqual(
    at('2026-11-22T14:00:00'),
  );
  expect(isQuiet(at('2026-11-22T13:00:00'), { from: 0, until: 0 })).toBe(false);
});

test('the next digest', () => {
  expect(nextAt(at('2026-11-22T08:59:00'), 540)).toEqual(at('2026-11-22T09:00:00'));
  expect(nextAt(at('2026-11-22T09:00:00'), 540)).toEqual(at('2026-11-23T09:00:00'));
});

test('leaving is never quiet, never earlier, and less than a day later', () => {
  const minute = fc.integer({ min: 0, max: 1439 });
  fc.assert(
    fc.property(minute, minute, fc.integer({ min: 0, max: 2_000_000_000 }), (from, until, seconds) => {
      const come = new Date(seconds * 1000);
      const leave = afterQuietHours(come, { from, until });
      return (
        !isQuiet(leave, { from, until }) && leave >= come && leave.getTime() - come.getTime() < 86_400_000
      );
    }),
  );
});

const now = at('2026-11-22T23:00:00');
const soon = at('2026-11-23T20:00:00').toISOString();
const later = at('2026-11-24T23:30:00').toISOString();

test.each([
  [{ topic: 'invitation-cancel', startsAt: soon }, true],
  [{ topic: 'invitation-cancel', startsAt: later }, false],
  [{ topic: 'registration-cancelled', startsAt: soon }, true],
  [{ topic: 'registration-event-cancelled', startsAt: soon }, true],
  [{ topic: 'registration-rejected', startsAt: soon }, false],
  [{ topic: 'registration-event-moved', startsAt: later, before: { startsAt: soon } }, true],
  [
    { topic: 'registration-event-moved', startsAt: soon.replace('Z', '+00:00'), before: { startsAt: soon } },
    false,
  ],
  [{ topic: 'invitation-update', startsAt: soon, before: { startsAt: later } }, true],
  [{ topic: 'invitation-update', startsAt: later, before: { startsAt: soon } }, true],
  [{ topic: 'invitation-update', startsAt: soon, before: { startsAt: soon } }, false],
  [{ topic: 'invitation-update', startsAt: later, before: { startsAt: now.toISOString() } }, true],
  [{ topic: 'invitation-request', startsAt: soon }, false],
  [{ topic: 'invitation-cancel' }, false],
])('%j wakes: %s', (message, expected) => {
  expect(isUrgent(message, now)).toBe(expected);
});
