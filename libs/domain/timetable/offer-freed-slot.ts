import type { MeetingPlacement, TimetableInput } from './timetable.js';
import { TimetableBoard } from './timetable-board.js';
import { indexTimetable } from './timetable-index.js';

/** A meeting that could take place in a slot that has become free, without anybody else moving. */
export interface SlotOffer {
  meetingId: string;
  slotId: string;
  tableId: string;
  /** Where it is now; null: it has no place yet. */
  from: { slotId: string; tableId: string } | null;
  /** Breaks of its participants afterwards minus before: below 0 it fills idle time. */
  breaks: number;
}

/**
 * Who could use the place of a meeting that does not take place, for no-shows on the day: first meetings without a
 * place, by wish and priority, then those that are later and would come forward; ties by what it does to breaks,
 * then by id. Nothing is moved: an offer holds until its people have accepted or any placement has changed.
 * @param gone the meeting that does not take place
 * @param consenting meetings whose people agreed to be asked; the others are not offered
 */
export function offerFreedSlot(
  input: TimetableInput,
  placements: readonly MeetingPlacement[],
  gone: string,
  consenting: ReadonlySet<string>,
): SlotOffer[] {
  const freed = placements.find(({ meetingId }) => meetingId === gone);
  if (freed === undefined) return [];
  const board = boardOf(
    input,
    placements.filter((placement) => placement !== freed),
  );
  const s = input.slots.findIndex(({ id }) => id === freed.slotId);
  const t = input.tables.findIndex(({ id }) => id === freed.tableId);
  const offers = input.meetings.flatMap(({ id }, m) => {
    const from = placements.find(({ meetingId }) => meetingId === id) ?? null;
    const later = from === null || board.slot(m) > s;
    if (id === gone || !consenting.has(id) || !later) return [];
    const breaks = breaksWhenMoved(board, m, s, t);
    return breaks === null ? [] : [{ m, from, breaks }];
  });
  const rank = ({ m, from, breaks }: (typeof offers)[number]) => [
    Number(from !== null),
    -Number(board.index.must[m]),
    -(board.index.priority[m] ?? 0),
    breaks,
  ];
  const id = (m: number) => input.meetings[m]?.id ?? '';
  return offers
    .sort((a, b) => {
      const [first, second] = [rank(a), rank(b)];
      const at = first.findIndex((value, i) => value !== second[i]);
      return at < 0 ? (id(a.m) < id(b.m) ? -1 : 1) : (first[at] ?? 0) - (second[at] ?? 0);
    })
    .map(({ m, from, breaks }) => ({
      meetingId: id(m),
      slotId: freed.slotId,
      tableId: freed.tableId,
      from: from && { slotId: from.slotId, tableId: from.tableId },
      breaks,
    }));
}

function boardOf(input: TimetableInput, placements: readonly MeetingPlacement[]): TimetableBoard {
  const board = new TimetableBoard(indexTimetable(input));
  const [meetings, slots, tables] = [input.meetings, input.slots, input.tables].map(
    (list) => new Map(list.map(({ id }, i) => [id, i])),
  );
  for (const { meetingId, slotId, tableId } of placements) {
    const [m, s] = [meetings?.get(meetingId), slots?.get(slotId)];
    if (m !== undefined && s !== undefined) board.place(m, s, tables?.get(tableId) ?? -1);
  }
  return board;
}

/** Null when a rule forbids it. */
function breaksWhenMoved(board: TimetableBoard, m: number, s: number, t: number): number | null {
  if (board.index.locked[m] || !board.index.tables[m]?.includes(t)) return null;
  const before = board.breaksAround([m]);
  const mark = board.mark();
  if (board.isPlaced(m)) board.remove(m);
  let breaks: number | null = null;
  if (board.canPlace(m, s) && (board.index.alike || board.canSit(m, s, t))) {
    board.place(m, s, t);
    breaks = board.breaksAround([m]) - before;
  }
  board.rollback(mark);
  return breaks;
}
