import type { TimetableIndex } from '../timetable-index.js';
import { atMost, atMostOne, totalizer } from './cardinality.js';
import { encodeOrder } from './encode-order.js';
import { encodeTables, isTight, type TableVariables } from './encode-tables.js';
import { NO, YES, type Formula } from './formula.js';
import type { Literal } from './sat-solver.js';

/** What the literals mean; `NO` where it cannot be, `YES` where it has to. */
export interface PlaceVariables {
  /** start[m][s]: meeting m begins in slot s. */
  start: Literal[][];
  /** taking[m][s]: starts of m with which it takes slot s. */
  taking: Literal[][][];
  /** placed[m]: m takes place. */
  placed: Literal[];
  /** busy[p][s]: participant p is in a meeting in slot s. */
  busy: Literal[][];
  tables: TableVariables | null;
  /** Meetings that have to take place. */
  required: boolean[];
}

/**
 * Hard rules: every required meeting once, one meeting per participant and slot, tables, order, travel, maxima.
 * Variables as in Bofill et al. (JAIR 74, 2022, section 4), generalised to optional and longer meetings.
 * @param required meetings that take place in every model
 */
export function encodePlaces(
  formula: Formula,
  index: TimetableIndex,
  required: readonly boolean[],
): PlaceVariables {
  const start = index.allowed.map((row) =>
    Array.from(row, (can) => (can === 1 ? formula.newVariable() : NO)),
  );
  const taking = start.map((row, m) =>
    row.map((_, s) =>
      row.slice(Math.max(0, s + 1 - (index.length[m] ?? 1)), s + 1).filter((literal) => literal !== NO),
    ),
  );
  const placed = start.map((row, m) => encodeOnce(formula, row, required[m] === true));
  const busy = index.meetingsOf.map((list) =>
    Array.from({ length: index.slotCount }, (_, s) => encodeBusy(formula, list, taking, s)),
  );
  const places: PlaceVariables = { start, taking, placed, busy, tables: null, required: [...required] };
  places.tables = encodeTables(formula, index, places);
  encodeOrder(formula, index, places);
  encodeMaxima(formula, index, places);
  encodeImplied(formula, index, places);
  return places;
}

function encodeOnce(formula: Formula, row: readonly Literal[], required: boolean): Literal {
  const open = row.filter((literal) => literal !== NO);
  atMostOne(formula, open);
  if (required) {
    formula.add(...open);
    return YES;
  }
  if (open.length === 0) return NO;
  const placed = formula.newVariable();
  formula.add(-placed, ...open);
  for (const literal of open) formula.add(-literal, placed);
  return placed;
}

/** One of the participant's meetings takes the slot, at most one does. */
function encodeBusy(
  formula: Formula,
  meetings: readonly number[],
  taking: readonly (readonly (readonly Literal[])[])[],
  s: number,
): Literal {
  const here = meetings.flatMap((m) => taking[m]?.[s] ?? []);
  if (here.length === 0) return NO;
  atMostOne(formula, here);
  const busy = formula.newVariable();
  formula.add(-busy, ...here);
  for (const literal of here) formula.add(-literal, busy);
  return busy;
}

function encodeMaxima(formula: Formula, index: TimetableIndex, { placed }: PlaceVariables): void {
  const of = (meetings: readonly number[]) => meetings.map((m) => placed[m] ?? NO);
  index.meetingsOf.forEach((meetings, p) => {
    const most = index.maxOf[p] ?? Infinity;
    if (most < meetings.length) atMost(formula, of(meetings), most);
  });
  for (const { max, meetings } of index.quotas) {
    if (max < meetings.length) atMost(formula, of(meetings), max);
  }
}

/**
 * What follows from the rules and cannot be seen by unit propagation (implied constraints 1 and 2 of Bofill et
 * al.): a participant whose meetings all take place is busy in as many slots as they take; in every slot an even
 * number of participants is busy, at most two per table.
 */
function encodeImplied(formula: Formula, index: TimetableIndex, places: PlaceVariables): void {
  index.meetingsOf.forEach((meetings, p) => {
    if (!meetings.every((m) => places.required[m] || places.placed[m] === NO)) return;
    const count = meetings.reduce((sum, m) => sum + (places.required[m] ? (index.length[m] ?? 1) : 0), 0);
    const busy = (places.busy[p] ?? []).filter((literal) => literal !== NO);
    if (count > busy.length) formula.add();
    else if (count === busy.length) for (const literal of busy) formula.add(literal);
    else if (count > 0) {
      const sorted = totalizer(formula, busy, count + 1, 'both');
      sorted.forEach((literal, k) => formula.add(k < count ? literal : -literal));
    }
  });
  const paired = index.members.every((list, m) => list.length === 2 && places.required[m]);
  if (!paired || !index.alike || !isTight(index)) return;
  for (let s = 0; s < index.slotCount; s++) {
    const most = 2 * index.tableCount;
    const busy = places.busy.map((row) => row[s] ?? NO);
    const sorted = totalizer(formula, busy, most + 2, 'both');
    sorted.forEach((literal, k) => {
      if (k >= most) formula.add(-literal);
      else if (k % 2 === 0) formula.add(-literal, sorted[k + 1] ?? NO);
    });
  }
}
