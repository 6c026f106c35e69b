import type { TimetableIndex } from '../timetable-index.js';
import type { PlaceVariables } from './encode-places.js';
import { NO, type Formula } from './formula.js';
import type { Literal } from './sat-solver.js';

/**
 * Meetings that have ended before another begins, when both take place. With begun[m][s] = "m begins in slot s or
 * earlier" (order encoding, Crawford and Baker 1994) every pair takes two clauses per slot.
 */
export function encodeOrder(formula: Formula, index: TimetableIndex, places: PlaceVariables): void {
  const { start, placed } = places;
  const begun = new Map<number, Literal[]>();
  const begunOf = (m: number): Literal[] => {
    const known = begun.get(m) ?? encodeBegun(formula, start[m] ?? []);
    begun.set(m, known);
    return known;
  };
  index.before.forEach((list, m) => {
    for (const q of list) {
      const length = index.length[q] ?? 1;
      const [ofQ, ofM] = [begunOf(q), begunOf(m)];
      for (let s = 0; s < index.slotCount; s++) {
        formula.add(-(start[m]?.[s] ?? NO), -(placed[q] ?? NO), s >= length ? (ofQ[s - length] ?? NO) : NO);
        const until = Math.min(index.slotCount, s + length) - 1;
        formula.add(-(start[q]?.[s] ?? NO), -(ofM[until] ?? NO));
      }
    }
  });
}

function encodeBegun(formula: Formula, row: readonly Literal[]): Literal[] {
  let before: Literal = NO;
  return row.map((start) => {
    if (start === NO) return before;
    const now = formula.newVariable();
    formula.add(-before, now);
    formula.add(-start, now);
    formula.add(-now, before, start);
    formula.add(-start, -before);
    before = now;
    return now;
  });
}
