import type { TimetableBoard } from './timetable-board.js';

const CHAIN_DEPTH = 3;
const MAX_CHAIN = 60;

/** A bounded amount of work, counted in slots looked at: the same on every machine. */
export interface StepBudget {
  left: number;
}

/**
 * Tries to seat what was left out by moving others: first by ejection chains of at most three levels,
 * then by exchanging two slots along a Kempe chain. Never removes a meeting for good and never touches a
 * locked one. Stops when the budget is used up.
 */
export function repair(board: TimetableBoard, order: readonly number[], budget: StepBudget): void {
  for (const m of order) {
    if (board.isPlaced(m) || board.index.locked[m] || board.isAtMaximum(m)) continue;
    if (budget.left <= 0) return;
    for (let depth = 0; depth <= CHAIN_DEPTH && !board.isPlaced(m); depth++) {
      seat(board, m, depth, new Set(), budget);
    }
    if (!board.isPlaced(m)) seatByKempe(board, m, budget);
  }
}

function seat(
  board: TimetableBoard,
  m: number,
  depth: number,
  settled: Set<number>,
  budget: StepBudget,
): boolean {
  const open = board.openSlots(m);
  if (open[0] !== undefined) {
    board.place(m, open[0]);
    return true;
  }
  if (depth === 0) return false;
  const choices: { s: number; ejected: number[] }[] = [];
  for (let s = 0; s < board.index.slotCount; s++) {
    if (!board.isAllowed(m, s)) continue;
    for (const ejected of ejections(board, m, s)) {
      if (ejected.every((other) => !settled.has(other) && !board.index.locked[other]))
        choices.push({ s, ejected });
    }
  }
  choices.sort((a, b) => a.ejected.length - b.ejected.length);
  settled.add(m);
  for (const { s, ejected } of choices) {
    if (budget.left-- <= 0) break;
    const mark = board.mark();
    ejected.forEach((other) => board.remove(other));
    const fits = board.canPlace(m, s);
    if (fits) board.place(m, s);
    if (fits && ejected.every((other) => seat(board, other, depth - 1, settled, budget))) return true;
    board.rollback(mark);
  }
  settled.delete(m);
  return false;
}

/** Sets of meetings to take out so that m may fit into s: its participants' own, plus one when tables lack. */
function ejections(board: TimetableBoard, m: number, s: number): number[][] {
  const own = board.conflicts(m, s);
  if (board.index.alike && board.load(s) - own.length < board.index.tableCount) return [own];
  const others = board.meetingsIn(s).filter((other) => !own.includes(other));
  return [...(board.index.alike ? [] : [own]), ...others.map((other) => [...own, other])];
}

function seatByKempe(board: TimetableBoard, m: number, budget: StepBudget): void {
  for (let a = 0; a < board.index.slotCount; a++) {
    if (!board.isAllowed(m, a)) continue;
    for (let b = 0; b < board.index.slotCount; b++) {
      if (a === b) continue;
      if (budget.left-- <= 0) return;
      const chain = kempeChain(board, board.conflicts(m, a), a, b);
      if (!chain) continue;
      const mark = board.mark();
      const targets = chain.map((other) => (board.slot(other) === a ? b : a));
      chain.forEach((other) => board.remove(other));
      const fits = chain.every((other, i) => {
        const s = targets[i] ?? -1;
        if (!board.canPlace(other, s)) return false;
        board.place(other, s);
        return true;
      });
      if (fits && board.canPlace(m, a)) {
        board.place(m, a);
        return;
      }
      board.rollback(mark);
    }
  }
}

/** The meetings of slots a and b linked to the start by shared participants; null when one cannot move. */
function kempeChain(board: TimetableBoard, start: readonly number[], a: number, b: number): number[] | null {
  const chain = new Set(start);
  for (const m of chain) {
    const to = board.slot(m) === a ? b : a;
    if (board.index.locked[m] || !board.isAllowed(m, to) || chain.size > MAX_CHAIN) return null;
    for (const other of board.conflicts(m, to)) chain.add(other);
  }
  return [...chain];
}
