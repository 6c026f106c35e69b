import { assignTables } from './assign-tables.js';
import { construct, placeKnown } from './construct-timetable.js';
import { describeTimetable } from './describe-timetable.js';
import { improveBreaks } from './improve-breaks.js';
import { placementBound } from './placement-bound.js';
import { repair } from './repair-timetable.js';
import { seededRandom } from './seeded-random.js';
import type { Timetable, TimetableInput } from './timetable.js';
import { TimetableBoard } from './timetable-board.js';
import { indexTimetable } from './timetable-index.js';

const MAX_STARTS = 6;
/** Meetings above which one start has to do. */
const RESTART_UP_TO = 400;
const REPAIR_STEPS = 6_000;
const IMPROVE_STEPS = 60_000;

/** How much work is done; counted in steps, so that the answer does not depend on the machine. */
export interface BuildEffort {
  starts: number;
  repair: number;
  improve: number;
}

/** Something within a moment, however many meetings there are. */
export const LEAST_EFFORT: BuildEffort = { starts: 1, repair: 500, improve: 2_000 };

/**
 * A timetable without double bookings that places as many meetings as it can find room for, moves few of
 * `previous`, and has few breaks, in this order of weight. Constructive, repaired by ejection and Kempe
 * chains, restarted with seeded ties while the bound is not reached, then improved; not proven optimal.
 * Deterministic for an input; work is bounded by steps, not by time: O(M²·S) to construct plus a constant
 * number of steps of O(S) each.
 * @throws InvalidTimetableInputError
 */
export function buildTimetable(input: TimetableInput, effort?: BuildEffort): Timetable {
  const board = buildBoard(input, effort);
  const { index } = board;
  const tableOf = index.alike
    ? assignTables(index, board.slotOf, (m) => index.tables[m] ?? [], meetingOrder(input))
    : board.tableOf;
  return describeTimetable(input, board.slotOf, tableOf);
}

/** The board behind `buildTimetable`. */
export function buildBoard(input: TimetableInput, effort?: BuildEffort): TimetableBoard {
  const large = input.meetings.length > RESTART_UP_TO;
  const { starts, ...steps } = effort ?? {
    starts: large ? 1 : MAX_STARTS,
    repair: REPAIR_STEPS,
    improve: IMPROVE_STEPS,
  };
  const bound = placementBound(input);
  const random = seededRandom(input.seed);
  const order = meetingOrder(input);
  const zeros = order.map(() => 0);
  let best: TimetableBoard | null = null;
  for (let start = 0; start < starts && (best?.placedCount() ?? -1) < bound; start++) {
    const noise = [...zeros];
    order.forEach((m, rank) => (noise[m] = start === 0 ? rank : random()));
    const board = new TimetableBoard(indexTimetable(input));
    placeKnown(board, order);
    construct(board, order, noise);
    repair(board, order, { left: steps.repair });
    if (!best || isBetter(board, best)) best = board;
  }
  const board = best ?? new TimetableBoard(indexTimetable(input));
  improveBreaks(board, order, { left: steps.improve });
  // Moving meetings for fewer breaks may have opened a slot for one that was left out.
  construct(board, order, zeros);
  return board;
}

function isBetter(board: TimetableBoard, best: TimetableBoard): boolean {
  const missed = ({ index, slotOf }: TimetableBoard) =>
    index.must.filter((must, m) => must && (slotOf[m] ?? -1) < 0).length;
  const [a, b] = [missed(board), missed(best)];
  return a < b || (a === b && board.placedCount() > best.placedCount());
}

/** Meetings by wish, then priority, ties by id, so that the order of the input does not matter. */
export function meetingOrder({ meetings }: Pick<TimetableInput, 'meetings'>): number[] {
  const id = (m: number) => meetings[m]?.id ?? '';
  const must = (m: number) => Number(meetings[m]?.wish === 'must');
  return meetings
    .map((_, m) => m)
    .sort(
      (a, b) =>
        must(b) - must(a) ||
        (meetings[b]?.priority ?? 0) - (meetings[a]?.priority ?? 0) ||
        (id(a) < id(b) ? -1 : 1),
    );
}
