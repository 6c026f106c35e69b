import type { TimetableIndex } from '../timetable-index.js';
import { worthOf } from '../worth.js';
import { atMostOne, totalizer } from './cardinality.js';
import type { BreakVariables } from './encode-breaks.js';
import type { PlaceVariables } from './encode-places.js';
import { NO, YES, type Formula } from './formula.js';
import type { Literal } from './sat-solver.js';

/** A literal that should hold; `weight` is what it costs when it does not. */
export interface Soft {
  literal: Literal;
  weight: number;
}

export type GoalName = 'missed-must' | 'shortfall' | 'satisfaction' | 'moved' | 'least' | 'unfair' | 'breaks';

/** To be minimised when all goals before are at their minimum. */
export interface Goal {
  name: GoalName;
  softs: Soft[];
}

/**
 * Goals in lexicographic order. Those that hold in every model are left out; the breaks are always the last one.
 * Max-min fairness over participants (the sorted vector of their meetings, lexicographically greatest) is one
 * goal per number k: as few participants as possible with less than k meetings.
 */
export function buildGoals(
  formula: Formula,
  index: TimetableIndex,
  places: PlaceVariables,
  breaks: BreakVariables,
): Goal[] {
  const goals: Goal[] = [];
  const optional = places.placed.flatMap((_, m) => (places.required[m] || index.barred[m] ? [] : [m]));
  const counts = optional.length > 0 ? countMeetings(formula, index, places) : [];
  if (optional.length > 0) {
    goals.push(
      {
        name: 'missed-must',
        softs: wanted(
          places,
          optional.filter((m) => index.must[m]),
          () => 1,
        ),
      },
      { name: 'shortfall', softs: shortfalls(formula, index, places, counts) },
      { name: 'satisfaction', softs: wanted(places, optional, (m) => worthOf(index.priority[m] ?? 0)) },
    );
  }
  goals.push({ name: 'moved', softs: keepSofts(formula, index, places) });
  const most = Math.max(0, ...counts.map((list) => list.length));
  for (let k = 0; k < most; k++) {
    const softs = counts.flatMap((list) => (k < list.length ? [{ literal: list[k] ?? NO, weight: 1 }] : []));
    goals.push({ name: 'least', softs });
  }
  goals.push({ name: 'unfair', softs: breaks.unfair.map((literal) => ({ literal: -literal, weight: 1 })) });
  const ofBreaks = breaks.counts.flat().map((literal) => ({ literal: -literal, weight: 1 }));
  return [...goals.filter(({ softs }) => softs.length > 0), { name: 'breaks', softs: ofBreaks }];
}

function wanted(
  { placed }: PlaceVariables,
  meetings: readonly number[],
  worth: (m: number) => number,
): Soft[] {
  return meetings.map((m) => ({ literal: placed[m] ?? NO, weight: worth(m) }));
}

/** Sorted count of the meetings of each participant. */
function countMeetings(formula: Formula, index: TimetableIndex, { placed }: PlaceVariables): Literal[][] {
  return index.meetingsOf.map((meetings) => {
    const literals = meetings.map((m) => placed[m] ?? NO);
    return totalizer(formula, literals, literals.length, 'both');
  });
}

function shortfalls(
  formula: Formula,
  index: TimetableIndex,
  { placed }: PlaceVariables,
  counts: readonly Literal[][],
): Soft[] {
  const missing = (list: readonly Literal[], min: number): Soft[] =>
    Array.from({ length: min }, (_, k) => ({ literal: list[k] ?? NO, weight: 1 }));
  return [
    ...index.minOf.flatMap((min, p) => missing(counts[p] ?? [], min)),
    ...index.quotas.flatMap(({ min, meetings }) => {
      if (min <= 0) return [];
      const literals = meetings.map((m) => placed[m] ?? NO);
      return missing(totalizer(formula, literals, min, 'both'), min);
    }),
  ];
}

/** One literal per meeting with a previous place: it keeps slot and table. */
function keepSofts(formula: Formula, index: TimetableIndex, places: PlaceVariables): Soft[] {
  const claims = new Map<string, Literal[]>();
  index.locked.forEach((lock, m) => {
    if (lock === null || lock.table === null) return;
    const key = `${lock.slot}/${lock.table}`;
    claims.set(key, [...(claims.get(key) ?? []), places.placed[m] ?? NO]);
  });
  const softs = index.previous.flatMap((before, m): Soft[] => {
    if (before === null) return [];
    const { slot, table } = before;
    if (slot === null || table === null || !index.tables[m]?.includes(table))
      return [{ literal: NO, weight: 1 }];
    const kind = places.tables?.kinds.findIndex((tables) => tables.includes(table)) ?? -1;
    const seat = places.tables === null ? YES : (places.tables.seat[m]?.[kind] ?? NO);
    const start = places.start[m]?.[slot] ?? NO;
    const kept = formula.newVariable();
    formula.add(-kept, start);
    formula.add(-kept, seat);
    const key = `${slot}/${table}`;
    // A locked meeting is at its table or nowhere: it claims it itself.
    if (index.locked[m]?.table !== table) claims.set(key, [...(claims.get(key) ?? []), kept]);
    return [{ literal: kept, weight: 1 }];
  });
  for (const literals of claims.values()) atMostOne(formula, literals);
  return softs;
}
