import { assignTables } from './assign-tables.js';
import { construct, placeKnown } from './construct-timetable.js';
import { explainUnplaced } from './explain-unplaced.js';
import { improveBreaks } from './improve-breaks.js';
import { placementBound } from './placement-bound.js';
import { repair } from './repair-timetable.js';
import type { MeetingPlacement, Timetable, TimetableInput } from './timetable.js';
import { TimetableBoard } from './timetable-board.js';
import { indexTimetable } from './timetable-index.js';

const MAX_STARTS = 6;
const REPAIR_STEPS = 6_000;
const IMPROVE_STEPS = 60_000;

/**
 * A timetable without double bookings that places as many meetings as it can find room for, moves few of
 * `previous`, and has few breaks, in this order of weight. Constructive, repaired by ejection and Kempe
 * chains, restarted with seeded ties while the bound is not reached, then improved; not proven optimal.
 * Deterministic for an input; work is bounded by steps, not by time: O(M²·S) to construct plus a constant
 * number of steps of O(S) each.
 * @throws InvalidTimetableInputError
 */
export function buildTimetable(input: TimetableInput): Timetable {
  const bound = placementBound(input);
  const random = seededRandom(input.seed);
  const order = meetingOrder(input);
  let best: TimetableBoard | null = null;
  for (let start = 0; start < MAX_STARTS && (best?.placedCount() ?? -1) < bound; start++) {
    const noise = order.map(() => 0);
    order.forEach((m, rank) => (noise[m] = start === 0 ? rank : random()));
    const board = new TimetableBoard(indexTimetable(input));
    placeKnown(board, order);
    construct(board, order, noise);
    repair(board, order, { left: REPAIR_STEPS });
    if (!best || board.placedCount() > best.placedCount()) best = board;
  }
  const board = best ?? new TimetableBoard(indexTimetable(input));
  improveBreaks(board, order, { left: IMPROVE_STEPS });
  // Moving meetings for fewer breaks may have opened a slot for one that was left out.
  construct(
    board,
    order,
    order.map(() => 0),
  );
  return finish(input, board, assignTables(board, order));
}

/** Meetings by priority, ties by id, so that the order of the input does not matter. */
function meetingOrder(input: TimetableInput): number[] {
  const { meetings } = input;
  const id = (m: number) => meetings[m]?.id ?? '';
  return meetings
    .map((_, m) => m)
    .sort((a, b) => (meetings[b]?.priority ?? 0) - (meetings[a]?.priority ?? 0) || (id(a) < id(b) ? -1 : 1));
}

function finish(input: TimetableInput, board: TimetableBoard, tableOf: Int32Array): Timetable {
  const rows: { s: number; t: number; placement: MeetingPlacement }[] = [];
  const unplaced: Timetable['unplaced'] = [];
  let moved = 0;
  input.meetings.forEach(({ id: meetingId }, m) => {
    const [s, t] = [board.slot(m), tableOf[m] ?? -1];
    const before = board.index.previous[m];
    if (before && (before.slot !== s || before.table !== t)) moved++;
    const [slot, table] = [input.slots[s], input.tables[t]];
    if (slot && table) rows.push({ s, t, placement: { meetingId, slotId: slot.id, tableId: table.id } });
    else unplaced.push(explainUnplaced(input, board, m));
  });
  rows.sort((a, b) => a.s - b.s || a.t - b.t);
  const breaks = input.participants.reduce((sum, _, p) => sum + board.breaksOf(p), 0);
  return {
    placements: rows.map((row) => row.placement),
    unplaced,
    objective: { placed: rows.length, breaks, moved },
  };
}

/** Mulberry32: numbers in [0, 1), the same for a seed everywhere. */
function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}
