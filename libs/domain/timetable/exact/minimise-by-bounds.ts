import { totalizer } from './cardinality.js';
import { NO, YES } from './formula.js';
import type { Neighbourhoods } from './improve-around.js';
import type { Literal } from './sat-solver.js';
import type { Search } from './search.js';

/** Conflicts of the first try of a bound, by line: what is hopeless for one is often easy for the other. */
const FIRST_CONFLICTS = { steady: 24_000, hasty: 1_000 };
/** Neighbourhoods looked at between two tries of a bound, for a share of so many conflicts each. */
const CONFLICTS_PER_ROUND = 1_000;
const FIRST_OUTPUTS = 12;

/** Which of two ways of closing in; they differ in how long a bound is tried before others are. */
export type SearchLine = keyof typeof FIRST_CONFLICTS;

/** The sum of a goal with weights of 1, as literals that bound it. */
class BoundedSum {
  private readonly open: readonly Literal[];
  private readonly constant: number;
  private sorted: readonly Literal[];

  constructor(
    private readonly search: Search,
    g: number,
  ) {
    const failing = (search.goals[g]?.softs ?? []).map(({ literal }) => -literal);
    this.constant = failing.filter((literal) => literal === YES).length;
    this.open = failing.filter((literal) => literal !== YES && literal !== NO);
    this.sorted = totalizer(search.formula, this.open, FIRST_OUTPUTS, 'up');
  }

  /** Holds when the sum is at most `most`. */
  atMost(most: number): Literal {
    const k = most - this.constant;
    if (k >= this.sorted.length && k < this.open.length)
      this.sorted = totalizer(this.search.formula, this.open, 2 * k, 'up');
    return -(this.sorted[k] ?? NO);
  }

  /** What follows without search. */
  least(): number {
    this.search.solve([], 0);
    return this.constant + this.open.filter((literal) => this.search.solver.fixed(literal) === true).length;
  }
}

/** A sum and what it is known not to be less than. */
export interface KnownBound {
  readonly sum: BoundedSum;
  readonly lower: number;
}

/**
 * Where any model is hard to find, one that is as good as can be is hardly harder: of a single goal the least sum is
 * asked for before there is a model, and the solver is not led astray by a bad one. Gives up after some conflicts, and
 * after some bounds: when there is no model at all none of them ends.
 */
export function beginAtBound(search: Search): KnownBound {
  const sum = new BoundedSum(search, 0);
  let lower = sum.least();
  for (let bounds = 0; bounds < FIRST_OUTPUTS; bounds += 1, lower += 1) {
    if (search.solve([sum.atMost(lower)], FIRST_CONFLICTS.steady) !== 'unsatisfiable') break;
    search.formula.add(-sum.atMost(lower));
  }
  return { sum, lower };
}

interface HowToMinimise {
  readonly around: Neighbourhoods;
  readonly line: SearchLine;
  /** From {@link beginAtBound}. */
  readonly known: KnownBound | null;
}

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
  { around, line, known }: HowToMinimise,
  stopped: () => boolean,
  report: (lower: number) => void,
): { lower: number; proved: boolean } {
  const upper = () => search.best?.costs[g] ?? 0;
  const sum = known?.sum ?? new BoundedSum(search, g);
  const better = () => sum.atMost(Math.floor((3 * upper() + lower - 1) / 4));
  const halfWay = () => Math.floor((lower + upper()) / 2);
  const enough = () => stopped() || lower >= upper();
  let lower = known?.lower ?? sum.least();
  report(lower);
  for (let conflicts = FIRST_CONFLICTS[line]; lower < upper() && !stopped(); conflicts *= 2) {
    let status = search.solve([sum.atMost(lower)], conflicts);
    while (status === 'unsatisfiable' && lower < upper()) {
      search.formula.add(-sum.atMost(lower));
      lower += 1;
      report(lower);
      if (lower < upper()) status = search.solve([sum.atMost(lower)], conflicts);
    }
    let middle = halfWay();
    while (middle > lower && !stopped()) {
      const halved = search.solve([sum.atMost(middle)], conflicts);
      if (halved === 'unknown') break;
      if (halved === 'unsatisfiable') report((lower = middle + 1));
      middle = halfWay();
    }
    if (!enough()) around.explore(Math.round(conflicts / CONFLICTS_PER_ROUND), better, enough);
  }
  return { lower, proved: lower >= upper() };
}
