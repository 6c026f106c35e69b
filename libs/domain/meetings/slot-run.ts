import type { Interval } from '../time/interval.js';

/**
 * From the start of the slot that begins at `start` to the end of the last of `length` that follow each other without
 * a pause; null when there is no such slot, or not so many. `slots` in order of time. O(n).
 */
export function slotRun(slots: readonly Interval[], start: number, length: number): Interval | null {
  const first = slots.findIndex((slot) => slot.start === start);
  const run = first < 0 ? [] : slots.slice(first, first + length);
  const joined = run.every((slot, at) => at === 0 || slot.start === run[at - 1]?.end);
  const last = run.at(-1);
  return run.length < length || last === undefined || !joined ? null : { start, end: last.end };
}
