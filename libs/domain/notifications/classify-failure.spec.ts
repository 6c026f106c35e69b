import fc from 'fast-check';
import { classifyFailure, MAX_ATTEMPTS, retryDelayMs } from './classify-failure.js';

test.each<[number | null, string, string]>([
  [null, 'connect ECONNREFUSED', 'deferred'],
  [421, '4.3.2 shutting down', 'deferred'],
  [450, '4.2.1 greylisted', 'deferred'],
  [451, 'local error', 'deferred'],
  [452, 'insufficient storage', 'deferred'],
  [535, 'authentication failed', 'deferred'],
  [550, 'Ip frequency limited', 'throttled'],
  [550, 'Connection frequency limited', 'throttled'],
  [421, '4.7.0 too many connections', 'throttled'],
  [451, '4.7.1 greylisted, try again later', 'deferred'],
  [552, '552 5.2.2 mailbox full', 'deferred'],
  [550, '550 refused by mx5.2.2.example [5.2.2.10]', 'refused'],
  [550, '5.1.1 no such user', 'refused'],
  [554, 'rejected', 'refused'],
])('%s %s is %s', (status, text, expected) => {
  expect(classifyFailure({ status, text })).toBe(expected);
});

test('delays grow from one minute to six hours', () => {
  expect(Array.from({ length: MAX_ATTEMPTS }, (_, i) => retryDelayMs(i + 1, 0) / 60_000)).toEqual([
    1, 3, 9, 27, 81, 243, 360, 360,
  ]);
  expect(retryDelayMs(1, 1)).toBe(75_000);
});

test('every delay lies between one minute and six hours and grows with the attempt', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 30 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (attempt, jitter) => {
        const delay = retryDelayMs(attempt, jitter);
        expect(delay >= 60_000 && delay <= 6 * 3_600_000).toBe(true);
        expect(retryDelayMs(attempt + 1, jitter)).toBeGreaterThanOrEqual(delay);
      },
    ),
  );
});
