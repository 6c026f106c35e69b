import type { TimetableInput } from './timetable.js';
import { indexTimetable } from './timetable-index.js';

/**
 * No timetable can place more meetings than this: each participant has at most as many as slots in which they are
 * available and as allowed, each slot at most its tables and half of those available, and a meeting without a
 * common slot is never placed. O(P·S + M·S + M log M).
 */
export function placementBound(input: TimetableInput): number {
  const index = indexTimetable(input);
  const can = index.members.map((_, m) => index.allowed[m]?.includes(1) === true);
  const possible = index.members.filter((_, m) => can[m]);
  const wanted = index.meetingsOf.map((list) => list.filter((m) => can[m]).length);
  let seats = 0;
  wanted.forEach((meetings, p) => {
    const slots = index.available[p]?.reduce((sum, free) => sum + free, 0) ?? 0;
    seats += Math.min(meetings, slots, index.maxOf[p] ?? Infinity);
  });
  let bySeats = 0;
  for (const size of possible.map((members) => members.length).sort((a, b) => a - b)) {
    if ((seats -= size) < 0) break;
    bySeats++;
  }
  let byTables = 0;
  for (let s = 0; s < index.slotCount; s++) {
    const here = wanted.filter((meetings, p) => meetings > 0 && index.available[p]?.[s] === 1).length;
    byTables += Math.min(index.tableCount, Math.floor(here / 2));
  }
  return Math.min(possible.length, bySeats, byTables);
}
