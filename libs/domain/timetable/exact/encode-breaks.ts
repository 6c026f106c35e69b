import type { TimetableIndex } from '../timetable-index.js';
import { totalizer } from './cardinality.js';
import type { PlaceVariables } from './encode-places.js';
import { NO, YES, type Formula } from './formula.js';
import type { Literal } from './sat-solver.js';

export interface BreakVariables {
  /** counts[p][k]: participant p has more than k breaks. */
  counts: Literal[][];
  /** unfair[e]: the breaks of two participants differ by more than `fairness` + e. */
  unfair: Literal[];
}

/**
 * Breaks of each participant: slots that are idle after a first meeting while the next slot is not (endHole of
 * Bofill et al.), sorted; and the spread over all participants.
 */
export function encodeBreaks(
  formula: Formula,
  index: TimetableIndex,
  places: PlaceVariables,
  fairness: number | null,
): BreakVariables {
  const counts = index.meetingsOf.map((meetings, p) => countBreaks(formula, index, places, meetings, p));
  return { counts, unfair: fairness === null ? [] : encodeSpread(formula, counts, fairness) };
}

function countBreaks(
  formula: Formula,
  index: TimetableIndex,
  places: PlaceVariables,
  meetings: readonly number[],
  p: number,
): Literal[] {
  const possible = meetings.filter((m) => places.placed[m] !== NO);
  const busy = places.busy[p] ?? [];
  const whole = possible.every((m) => places.required[m]);
  const taken = possible.reduce((sum, m) => sum + (index.length[m] ?? 1), 0);
  const idle = whole ? index.slotCount - taken : index.slotCount - 2;
  const most = Math.min(possible.length - 1, idle, (index.slotCount - 1) >> 1);
  if (most <= 0) return [];
  const begun = prefix(formula, busy);
  const ends = busy.map((_, s) => {
    const next = busy[s + 1] ?? NO;
    return next === NO ? NO : endOfBreak(formula, busy[s] ?? NO, begun[s] ?? NO, next);
  });
  const counts = totalizer(formula, ends, most, 'both');
  if (whole) encodeWindow(formula, busy, begun, taken, counts[0] ?? NO);
  return counts;
}

/** begun[s]: busy in slot s or earlier. */
function prefix(formula: Formula, busy: readonly Literal[]): Literal[] {
  let before: Literal = NO;
  return busy.map((now) => {
    if (now === NO) return before;
    if (before === NO) return (before = now);
    const begun = formula.newVariable();
    formula.add(-before, begun);
    formula.add(-now, begun);
    formula.add(-begun, before, now);
    before = begun;
    return begun;
  });
}

function endOfBreak(formula: Formula, busy: Literal, begun: Literal, next: Literal): Literal {
  if (begun === NO || begun === busy) return NO;
  const end = formula.newVariable();
  formula.add(busy, -begun, -next, end);
  formula.add(-end, -busy);
  formula.add(-end, begun);
  formula.add(-end, next);
  return end;
}

/** Who has n busy slots and no break is busy from the first for n slots: implied, and propagates far better. */
function encodeWindow(
  formula: Formula,
  busy: readonly Literal[],
  begun: readonly Literal[],
  taken: number,
  broken: Literal,
): void {
  formula.add(begun[busy.length - taken] ?? YES);
  busy.forEach((now, s) => {
    const over = s >= taken ? (begun[s - taken] ?? NO) : NO;
    formula.add(broken, -over, -now);
    formula.add(broken, now, -(begun[s] ?? NO), over);
  });
}

/** With e = 0, 1...: unless unfair[e], who has k + fairness + e breaks at most implies everybody has k at least. */
function encodeSpread(formula: Formula, counts: readonly Literal[][], fairness: number): Literal[] {
  const most = Math.max(0, ...counts.map((list) => list.length));
  const atLeast = (list: readonly Literal[], k: number): Literal => (k === 0 ? YES : (list[k - 1] ?? NO));
  // least[k - 1]: everybody has k breaks or more.
  const least = Array.from({ length: most }, (_, i) => {
    const k = i + 1;
    if (counts.some((list) => list.length < k)) return NO;
    const all = formula.newVariable();
    for (const list of counts) formula.add(-all, atLeast(list, k));
    return all;
  });
  const unfair: Literal[] = [];
  for (let e = 0; fairness + e < most; e++) {
    const over = formula.newVariable();
    for (let k = 1; k + fairness + e <= most; k++)
      for (const list of counts) formula.add(-atLeast(list, k + fairness + e), least[k - 1] ?? NO, over);
    unfair.push(over);
  }
  return unfair;
}
