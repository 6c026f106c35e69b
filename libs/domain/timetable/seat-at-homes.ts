import { TimetableBoard } from './timetable-board.js';
import type { TimetableIndex } from './timetable-index.js';

/**
 * Tables for meetings whose slots are given, one after the other: locked ones, those that were there before, those with
 * a home, then the others, each at the table it likes best of those that are free and near enough. Null when somebody
 * is left without one. O(M·T·S).
 */
export function seatAtHomes(
  index: TimetableIndex,
  slotOf: ArrayLike<number>,
  order: readonly number[],
): Int32Array | null {
  const board = new TimetableBoard(index);
  const rank = (m: number): number => {
    if (index.locked[m]) return 0;
    if (index.previous[m]?.slot === slotOf[m]) return 1;
    return index.home[m] === null ? 3 : 2;
  };
  const placed = order.filter((m) => (slotOf[m] ?? -1) >= 0).sort((a, b) => rank(a) - rank(b));
  for (const m of placed) {
    const slot = slotOf[m] ?? -1;
    if (!board.canPlace(m, slot)) return null;
    board.place(m, slot);
  }
  return board.tableOf;
}
