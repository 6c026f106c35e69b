import { explainUnplaced } from './explain-unplaced.js';
import { worthOf } from './worth.js';
import type { MeetingPlacement, Timetable, TimetableInput, TimetableObjective } from './timetable.js';
import { TimetableBoard } from './timetable-board.js';
import { indexTimetable } from './timetable-index.js';

/** Slots and tables of meetings (-1 = none) as timetable: placements in order, reasons for the rest, figures. */
export function describeTimetable(
  input: TimetableInput,
  slotOf: ArrayLike<number>,
  tableOf: ArrayLike<number>,
): Timetable {
  const board = new TimetableBoard(indexTimetable(input));
  input.meetings.forEach((_, m) => {
    const slot = slotOf[m] ?? -1;
    if (slot >= 0) board.place(m, slot, tableOf[m] ?? -1);
  });
  const rows: { s: number; t: number; placement: MeetingPlacement }[] = [];
  const unplaced: Timetable['unplaced'] = [];
  input.meetings.forEach(({ id: meetingId }, m) => {
    const [s, t] = [board.slot(m), tableOf[m] ?? -1];
    const [slot, table] = [input.slots[s], input.tables[t]];
    if (slot && table) rows.push({ s, t, placement: { meetingId, slotId: slot.id, tableId: table.id } });
    else unplaced.push(explainUnplaced(input, board, m));
  });
  rows.sort((a, b) => a.s - b.s || a.t - b.t);
  const objective = measure(input, board, tableOf);
  return { placements: rows.map((row) => row.placement), unplaced, objective };
}

function measure(
  input: TimetableInput,
  board: TimetableBoard,
  tableOf: ArrayLike<number>,
): TimetableObjective {
  const { index } = board;
  let [placed, missedMust, satisfaction, moved] = [0, 0, 0, 0];
  index.members.forEach((_, m) => {
    const before = index.previous[m];
    if (before && (before.slot !== board.slot(m) || before.table !== (tableOf[m] ?? -1))) moved++;
    if (board.isPlaced(m)) {
      placed++;
      satisfaction += worthOf(index.priority[m] ?? 0);
    } else if (index.must[m]) missedMust++;
  });
  const breaks = index.meetingsOf.map((_, p) => board.breaksOf(p));
  const spread = breaks.length === 0 ? 0 : Math.max(...breaks) - Math.min(...breaks);
  const shortfall =
    index.minOf.reduce((sum, min, p) => sum + Math.max(0, min - board.countOf(p)), 0) +
    index.quotas.reduce((sum, { min }, q) => sum + Math.max(0, min - board.quotaCountOf(q)), 0);
  return {
    placed,
    missedMust,
    shortfall,
    satisfaction,
    moved,
    unfair: Math.max(0, spread - (input.fairness ?? Infinity)),
    breaks: breaks.reduce((sum, count) => sum + count, 0),
  };
}
