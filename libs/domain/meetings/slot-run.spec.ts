import { slotRun } from './slot-run.js';

const slots = [
  { start: 0, end: 20 },
  { start: 20, end: 40 },
  { start: 50, end: 70 },
];

test('a run of slots goes from the first start to the last end', () => {
  expect(slotRun(slots, 0, 1)).toEqual({ start: 0, end: 20 });
  expect(slotRun(slots, 0, 2)).toEqual({ start: 0, end: 40 });
});

test('no run over a pause, past the end, or from a time that is no slot', () => {
  expect(slotRun(slots, 20, 2)).toBeNull();
  expect(slotRun(slots, 50, 2)).toBeNull();
  expect(slotRun(slots, 10, 1)).toBeNull();
  expect(slotRun([], 0, 1)).toBeNull();
});
