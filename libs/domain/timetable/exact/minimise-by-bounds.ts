import { totalizer } from './cardinality.js';
import { NO, YES } from './formula.js';
import type { Neighbourhoods } from './improve-around.js';
import type { Literal } from './sat-solver.js';
import type { Search } from './search.js';

/** Conflicts of the first try, by line: what is hopeless for one is often easy for the other. */
const FIRST_CONFLICTS = { steady: 8_000, hasty: 1_000 };
/** Neighbourhoods looked at between two tries of a bound, for a share of so many conflicts each. */
const CONFLICTS_PER_ROUND = 1_000;
const FIRST_OUTPUTS = 12;

/** Which of two ways of closing in; they differ in how long a bound is tried before others are. */
export type SearchLine = keyof typeof FIRST_CONFLICTS;

/**
 * Minimum of the sum of a goal with weights of 1, lower and upper bound closing in: first "no more than the lower
 * bound" is tried (unsatisfiable raises it by one, satisfiable is the minimum). When that takes more than its share of
 * conflicts, the middle between the bounds is tried, again and again while it is satisfiable, and then neighbourhoods of
 * the best model; the shares double. Needs a model to start from.
 * @param report called whenever a bound has moved
 * @returns the lower bound and whether it is the minimum; not when the solver was stopped
 */
export function minimiseByBounds(
  search: Search,
  g: number,
  { around, line }: { readonly around: Neighbourhoods; readonly line: SearchLine },
  stopped: () => boolean,
  report: (lower: number) => void,
): { lower: number; proved: boolean } {
  const { formula, solver } = search;
  const upper = () => search.best?.costs[g] ?? 0;
  const failing = (search.goals[g]?.softs ?? []).map(({ literal }) => -literal);
  const constant = failing.filter((literal) => literal === YES).length;
  const open = failing.filter((literal) => literal !== YES && literal !== NO);
  let sorted = totalizer(formula, open, FIRST_OUTPUTS, 'up');
  /** Holds when the sum is at most `most`. */
  const atMost = (most: number): Literal => {
    const k = most - constant;
    if (k >= sorted.length && k < open.length) sorted = totalizer(formula, open, 2 * k, 'up');
    return -(sorted[k] ?? NO);
  };
  const better = () => atMost(Math.floor((3 * upper() + lower - 1) / 4));
  const halfWay = () => Math.floor((lower + upper()) / 2);
  const enough = () => stopped() || lower >= upper();
  search.solve([], 0);
  let lower = constant + open.filter((literal) => solver.fixed(literal) === true).length;
  report(lower);
  for (let conflicts = FIRST_CONFLICTS[line]; lower < upper() && !stopped(); conflicts *= 2) {
    let status = search.solve([atMost(lower)], conflicts);
    while (status === 'unsatisfiable' && lower < upper()) {
      formula.add(-atMost(lower));
      lower += 1;
      report(lower);
      if (lower < upper()) status = search.solve([atMost(lower)], conflicts);
    }
    let middle = halfWay();
    while (middle > lower && !stopped()) {
      const halved = search.solve([atMost(middle)], conflicts);
      if (halved === 'unknown') break;
      if (halved === 'unsatisfiable') report((lower = middle + 1));
      middle = halfWay();
    }
    if (!enough()) around.explore(Math.round(conflicts / CONFLICTS_PER_ROUND), better, enough);
  }
  return { lower, proved: lower >= upper() };
}
