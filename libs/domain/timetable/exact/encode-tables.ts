import type { TimetableIndex } from '../timetable-index.js';
import { atMost, atMostOne } from './cardinality.js';
import type { PlaceVariables } from './encode-places.js';
import { NO, YES, type Formula } from './formula.js';
import type { Literal } from './sat-solver.js';

/** Tables that no rule tells apart. */
export interface TableVariables {
  kinds: number[][];
  /** seat[m][k]: meeting m is at a table of kind k, when it takes place. */
  seat: Literal[][];
  /** at[m][k][s]: meeting m takes slot s at a table of kind k, or `NO`. */
  at: Literal[][][];
}

/** Share of the seats at tables from which the stronger and longer encodings pay for their clauses. */
const TIGHT = 0.9;

export function isTight(index: TimetableIndex): boolean {
  return index.members.length >= TIGHT * index.slotCount * index.tableCount;
}

/**
 * Tables. When all are alike only their number per slot counts; otherwise every meeting has a kind of table and
 * every kind its number per slot. With meetings of several slots every table is a kind of its own, since a table
 * free in each slot need not be one table free in all. Null when all are alike.
 */
export function encodeTables(
  formula: Formula,
  index: TimetableIndex,
  { taking, placed, busy }: Pick<PlaceVariables, 'taking' | 'placed' | 'busy'>,
): TableVariables | null {
  if (index.alike) {
    const loose = index.members.every((list) => list.length === 2) && !isTight(index);
    for (let s = 0; s < index.slotCount; s++) {
      const here = taking.flatMap((row) => row[s] ?? []);
      if (here.length <= index.tableCount) continue;
      const people = busy.map((row) => row[s] ?? NO);
      // Two people a table: far fewer literals than meetings.
      if (loose) atMost(formula, people, 2 * index.tableCount);
      else atMost(formula, here, index.tableCount);
    }
    encodeLockedTables(formula, index, taking);
    return null;
  }
  const kinds = kindsOfTables(index);
  const seat = index.tables.map((tables, m) => {
    const fits = kinds.map((kind) => tables.includes(kind[0] ?? -1));
    const only = fits.filter(Boolean).length === 1;
    const row = fits.map((fit) => (!fit ? NO : only ? YES : formula.newVariable()));
    formula.add(-(placed[m] ?? NO), ...row);
    atMostOne(formula, row);
    return row;
  });
  const at = seat.map((row, m) =>
    row.map((literal) => (taking[m] ?? []).map((starts) => both(formula, starts, literal))),
  );
  kinds.forEach((kind, k) => {
    for (let s = 0; s < index.slotCount; s++)
      atMost(
        formula,
        at.map((row) => row[k]?.[s] ?? NO),
        kind.length,
      );
  });
  const variables = { kinds, seat, at };
  encodeTravel(formula, index, variables);
  return variables;
}

/** Two meetings locked at one table never share a slot; free tables for the others follow from the count. */
function encodeLockedTables(formula: Formula, index: TimetableIndex, taking: PlaceVariables['taking']): void {
  const places = new Map<string, Literal[]>();
  index.locked.forEach((lock, m) => {
    if (lock === null || lock.table === null) return;
    const key = `${lock.slot}/${lock.table}`;
    places.set(key, [...(places.get(key) ?? []), ...(taking[m]?.[lock.slot] ?? [])]);
  });
  for (const literals of places.values()) atMostOne(formula, literals);
}

function both(formula: Formula, starts: readonly Literal[], seat: Literal): Literal {
  const [only] = starts;
  if (seat === NO || only === undefined) return NO;
  if (seat === YES && starts.length === 1) return only;
  const here = formula.newVariable();
  for (const start of starts) formula.add(-start, -seat, here);
  return here;
}

/** Tables that no rule tells apart, in order; one each with meetings of several slots. */
export function kindsOfTables(index: TimetableIndex): number[][] {
  const single = index.length.some((slots) => slots > 1);
  const kinds = new Map<string, number[]>();
  const locks = new Set(index.locked.map((lock) => lock?.table ?? -1));
  for (let t = 0; t < index.tableCount; t++) {
    const others = index.travel
      ? Array.from({ length: index.tableCount }, (_, u) => index.travel?.(t, u))
      : [];
    const signs = index.tables.map((tables) => (tables.includes(t) ? 1 : 0)).join('');
    const key = single || locks.has(t) ? `table ${t}` : `${signs} ${others.join()}`;
    kinds.set(key, [...(kinds.get(key) ?? []), t]);
  }
  return [...kinds.values()];
}

/** Nobody is at tables too far apart in slots too close together. */
function encodeTravel(formula: Formula, index: TimetableIndex, { kinds, at }: TableVariables): void {
  const { travel } = index;
  if (travel === null) return;
  for (const meetings of index.meetingsOf) {
    const here = kinds.map((_, k) =>
      Array.from({ length: index.slotCount }, (_unused, s) =>
        anyOf(
          formula,
          meetings.map((m) => at[m]?.[k]?.[s] ?? NO),
        ),
      ),
    );
    kinds.forEach(([a], k) => {
      kinds.forEach(([b], l) => {
        const minutes = travel(a ?? 0, b ?? 0);
        if (minutes === 0) return;
        for (let s = 0; s < index.slotCount; s++)
          for (let t = s + 1; t < index.slotCount && index.gap(s, t) < minutes; t++)
            formula.add(-(here[k]?.[s] ?? NO), -(here[l]?.[t] ?? NO));
      });
    });
  }
}

function anyOf(formula: Formula, literals: readonly Literal[]): Literal {
  const open = literals.filter((literal) => literal !== NO);
  if (open.length <= 1) return open[0] ?? NO;
  const any = formula.newVariable();
  for (const literal of open) formula.add(-literal, any);
  return any;
}
