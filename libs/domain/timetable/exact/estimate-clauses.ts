import type { TimetableIndex } from '../timetable-index.js';

/** Roughly how many clauses the exact method needs, without making them. O(M·S). */
export function estimateClauses(index: TimetableIndex): number {
  const { slotCount: slots, tableCount: tables } = index;
  const starts = index.allowed.reduce((sum, row) => sum + row.reduce((can, is) => can + is, 0), 0);
  const people = index.meetingsOf.reduce(
    (sum, list) => sum + Math.min(list.length ** 2, 60 * list.length),
    0,
  );
  const counts = index.alike ? Math.min(tables, starts / slots) * starts : starts * tables * 8;
  return (starts * slots) / 2 + (people * slots) / 2 + counts + index.meetingsOf.length * slots * slots;
}
