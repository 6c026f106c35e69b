import { findOverlaps, type ScheduledEntry } from './find-overlaps.js';

const entry = (
  id: string,
  kind: 'event' | 'meeting',
  eventId: string,
  start: number,
  end: number,
): ScheduledEntry => ({
  id,
  kind,
  eventId,
  start,
  end,
});

test('overlapping entries name each other; a meeting within its own event does not', () => {
  const overlapsOf = findOverlaps([
    entry('e1', 'event', 'e1', 0, 100),
    entry('m1', 'meeting', 'e1', 20, 40),
    entry('e2', 'event', 'e2', 30, 60),
    entry('e3', 'event', 'e3', 100, 120),
  ]);
  expect([...overlapsOf]).toEqual([
    ['e1', ['e2']],
    ['m1', ['e2']],
    ['e2', ['e1', 'm1']],
    ['e3', []],
  ]);
});

test('two meetings of one event at the same time are in conflict', () => {
  const overlapsOf = findOverlaps([entry('a', 'meeting', 'e', 0, 20), entry('b', 'meeting', 'e', 10, 30)]);
  expect([...overlapsOf]).toEqual([
    ['a', ['b']],
    ['b', ['a']],
  ]);
});
