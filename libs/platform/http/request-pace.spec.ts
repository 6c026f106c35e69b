import { RequestPace } from './request-pace.js';

test('is busy in the half second of fifty requests and the one behind it', () => {
  const pace = new RequestPace();
  expect(pace.isBusy(10_000)).toBe(false);
  for (let n = 0; n < 49; n += 1) pace.note(10_100);
  expect(pace.isBusy(10_499)).toBe(false);
  pace.note(10_499);
  expect([10_499, 10_500, 10_999, 11_000].map((now) => pace.isBusy(now))).toEqual([true, true, true, false]);
});

test('what is long past counts no more', () => {
  const pace = new RequestPace();
  for (let n = 0; n < 500; n += 1) pace.note(1_000);
  expect(pace.isBusy(60_000)).toBe(false);
});
