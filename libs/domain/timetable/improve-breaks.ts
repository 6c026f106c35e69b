import type { StepBudget } from './repair-timetable.js';
import type { TimetableBoard } from './timetable-board.js';

/**
 * Moves single meetings and exchanges pairs while that lowers the number of breaks. A meeting that is
 * where it was before stays there, one that was moved returns when its slot is free. Each accepted step
 * lowers the sum, so it ends; the budget bounds the steps looked at.
 */
export function improveBreaks(board: TimetableBoard, order: readonly number[], budget: StepBudget): void {
  for (const m of order) {
    const slot = board.index.previous[m]?.slot ?? -1;
    if (board.isPlaced(m) && slot >= 0 && slot !== board.slot(m)) tryMove(board, m, slot);
  }
  const movable = order.filter(
    (m) => board.isPlaced(m) && !board.index.locked[m] && board.index.previous[m]?.slot !== board.slot(m),
  );
  for (let improved = true; improved && budget.left > 0;) {
    improved = false;
    for (const m of movable) {
      if (relocate(board, m, budget)) improved = true;
    }
    for (let i = 0; i < movable.length; i++) {
      for (let j = i + 1; j < movable.length && budget.left > 0; j++) {
        if (exchange(board, movable[i] ?? -1, movable[j] ?? -1, budget)) improved = true;
      }
    }
  }
}

function relocate(board: TimetableBoard, m: number, budget: StepBudget): boolean {
  const before = board.breaksAround([m]);
  if (before === 0) return false;
  const home = board.slot(m);
  let best = home;
  let bestBreaks = before;
  for (let s = 0; s < board.index.slotCount; s++) {
    if (s === home || !board.isAllowed(m, s)) continue;
    if (budget.left-- <= 0) break;
    const mark = board.mark();
    const breaks = tryMove(board, m, s) ? board.breaksAround([m]) : bestBreaks;
    board.rollback(mark);
    if (breaks < bestBreaks) [best, bestBreaks] = [s, breaks];
  }
  return best !== home && tryMove(board, m, best);
}

/** Moves m when all rules allow it without m where it is now. */
function tryMove(board: TimetableBoard, m: number, s: number): boolean {
  const mark = board.mark();
  board.remove(m);
  if (board.canPlace(m, s)) {
    board.place(m, s);
    return true;
  }
  board.rollback(mark);
  return false;
}

function exchange(board: TimetableBoard, m: number, n: number, budget: StepBudget): boolean {
  const [from, to] = [board.slot(m), board.slot(n)];
  if (from === to || !board.isAllowed(m, to) || !board.isAllowed(n, from)) return false;
  budget.left--;
  const before = board.breaksAround([m, n]);
  if (before === 0) return false;
  const mark = board.mark();
  board.remove(m);
  board.remove(n);
  if (board.canPlace(m, to)) {
    board.place(m, to);
    if (board.canPlace(n, from)) {
      board.place(n, from);
      if (board.breaksAround([m, n]) < before) return true;
    }
  }
  board.rollback(mark);
  return false;
}
