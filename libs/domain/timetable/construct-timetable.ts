import type { TimetableBoard } from './timetable-board.js';

/** Locked meetings first, then what held before; both only where still possible. O(M·k). */
export function placeKnown(board: TimetableBoard, order: readonly number[]): void {
  const { index } = board;
  const taken = new Set<string>();
  for (const m of order) {
    const lock = index.locked[m];
    if (!lock) continue;
    const key = `${lock.slot}/${lock.table}`;
    if (!taken.has(key) && board.canPlace(m, lock.slot)) {
      taken.add(key);
      board.place(m, lock.slot);
    } else {
      // Nothing locked ever moves away, so this one stays impossible.
      index.allowed[m]?.fill(0);
    }
  }
  for (const m of order) {
    const slot = index.previous[m]?.slot ?? -1;
    if (!board.isPlaced(m) && slot >= 0 && board.canPlace(m, slot)) board.place(m, slot);
  }
}

/**
 * Places the rest, the highest priority and then the most constrained first (saturation order of
 * Brélaz 1979 for colouring): fewest open slots, then most competing meetings, then `noise`. Each goes
 * into the slot that takes least from its participants' other meetings. O(M²·S·k).
 */
export function construct(board: TimetableBoard, order: readonly number[], noise: readonly number[]): void {
  const waiting = new Set(order.filter((m) => !board.isPlaced(m)));
  while (waiting.size > 0) {
    let best = -1;
    let bestKey: number[] = [];
    for (const m of waiting) {
      const open = board.openCount(m);
      if (open === 0) {
        waiting.delete(m);
        continue;
      }
      const rivals = board.members(m).reduce((sum, p) => sum + (board.index.meetingsOf[p]?.length ?? 0), 0);
      const key = [-(board.index.priority[m] ?? 0), open, -rivals, noise[m] ?? 0];
      if (best < 0 || isLess(key, bestKey)) [best, bestKey] = [m, key];
    }
    if (best < 0) return;
    waiting.delete(best);
    board.place(best, gentlestSlot(board, best, waiting));
  }
}

function gentlestSlot(board: TimetableBoard, m: number, waiting: ReadonlySet<number>): number {
  const rivals = board
    .members(m)
    .flatMap((p) => board.index.meetingsOf[p] ?? [])
    .filter((other) => waiting.has(other));
  let best = -1;
  let bestKey: number[] = [];
  for (const s of board.openSlots(m)) {
    const taken = rivals.filter((other) => board.canPlace(other, s)).length;
    const mark = board.mark();
    board.place(m, s);
    const key = [taken, board.breaksAround([m]), board.load(s)];
    board.rollback(mark);
    if (best < 0 || isLess(key, bestKey)) [best, bestKey] = [s, key];
  }
  return best;
}

function isLess(a: readonly number[], b: readonly number[]): boolean {
  for (let i = 0; i < a.length; i++) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return false;
}
