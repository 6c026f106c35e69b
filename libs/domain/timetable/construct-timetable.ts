import type { TimetableBoard } from './timetable-board.js';

/** Up to so many meetings the next one is chosen anew each time; beyond, all are ordered once. */
const CHOOSE_UP_TO = 400;
/** Slots of a meeting that are weighed against each other. */
const WEIGHED_SLOTS = 8;

/** Locked meetings first, then what held before; both only where still possible. O(M·k). */
export function placeKnown(board: TimetableBoard, order: readonly number[]): void {
  const { index } = board;
  const taken = new Set<string>();
  for (const m of order) {
    const lock = index.locked[m];
    if (!lock) continue;
    const key = `${lock.slot}/${lock.table}`;
    if ((lock.table === null || !taken.has(key)) && board.canPlace(m, lock.slot)) {
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
 * Places the rest, what must be and then the highest priority and then the most constrained first (saturation
 * order of Brélaz 1979 for colouring): fewest open slots, then most competing meetings, then `noise`. Each goes
 * into the slot that takes least from its participants' other meetings. O(M²·S·k) up to 400 meetings, with a
 * fixed order beyond O(M·S·k).
 */
export function construct(board: TimetableBoard, order: readonly number[], noise: readonly number[]): void {
  const waiting = new Set(order.filter((m) => !board.isPlaced(m)));
  if (waiting.size > CHOOSE_UP_TO) {
    constructInOrder(board, waiting, noise);
    return;
  }
  while (waiting.size > 0) {
    let best = -1;
    let bestKey: number[] = [];
    for (const m of waiting) {
      const open = board.openCount(m);
      if (open === 0) {
        waiting.delete(m);
        continue;
      }
      const key = urgency(board, m, open, noise);
      if (best < 0 || isLess(key, bestKey)) [best, bestKey] = [m, key];
    }
    if (best < 0) return;
    waiting.delete(best);
    board.place(best, gentlestSlot(board, best, board.openSlots(best), waiting));
  }
}

function constructInOrder(board: TimetableBoard, waiting: Set<number>, noise: readonly number[]): void {
  const { index } = board;
  const keys = new Map(
    [...waiting].map((m) => [m, urgency(board, m, index.allowed[m]?.filter(Boolean).length ?? 0, noise)]),
  );
  const sorted = [...waiting].sort((a, b) => (isLess(keys.get(a) ?? [], keys.get(b) ?? []) ? -1 : 1));
  for (const m of sorted) {
    waiting.delete(m);
    // The emptiest slots: a full one leaves no table for a meeting that has no other slot.
    const open = board.openSlots(m).sort((a, b) => board.load(a) - board.load(b) || a - b);
    const [first] = open;
    if (first === undefined) continue;
    board.place(m, gentlestSlot(board, m, open.slice(0, WEIGHED_SLOTS), new Set()));
  }
}

/** Smaller is sooner. */
function urgency(board: TimetableBoard, m: number, open: number, noise: readonly number[]): number[] {
  const { index } = board;
  const rivals = board.members(m).reduce((sum, p) => sum + (index.meetingsOf[p]?.length ?? 0), 0);
  const lacking = board.members(m).filter((p) => board.countOf(p) < (index.minOf[p] ?? 0)).length;
  return [-Number(index.must[m]), -lacking, -(index.priority[m] ?? 0), open, -rivals, noise[m] ?? 0];
}

function gentlestSlot(
  board: TimetableBoard,
  m: number,
  slots: readonly number[],
  waiting: ReadonlySet<number>,
): number {
  const rivals = board
    .members(m)
    .flatMap((p) => board.index.meetingsOf[p] ?? [])
    .filter((other) => waiting.has(other));
  let best = -1;
  let bestKey: number[] = [];
  for (const s of slots) {
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
