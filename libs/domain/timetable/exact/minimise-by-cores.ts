import { totalizer } from './cardinality.js';
import { NO, YES } from './formula.js';
import type { Goal } from './goals.js';
import type { Literal } from './sat-solver.js';
import type { Search } from './search.js';

interface Count {
  outputs: Literal[];
  k: number;
}

const SHRINK_UP_TO = 40;
const SHRINK_CONFLICTS = 100;

/**
 * Minimum of a weighted goal from below, by unsatisfiable cores: OLL of Andres et al. (2012) with the totalizers
 * of RC2 (Ignatiev, Morgado, Marques-Silva 2019) and strata of weights. When it is proved, the clauses
 * afterwards allow only models at the minimum.
 * @returns the lower bound and whether it is the minimum; not when the solver was stopped
 */
export function minimiseByCores(search: Search, g: number): { lower: number; proved: boolean } {
  const goal = search.goals[g] ?? { name: 'breaks' as const, softs: [] };
  const cores = new CoreSearch(search, goal);
  let proved = search.best !== null && search.best.costs[g] === cores.lower;
  for (let stratum = cores.nextStratum(Infinity); !proved && stratum > 0;) {
    const status = search.solve(cores.active(stratum));
    if (status === 'unknown') return { lower: cores.lower, proved: false };
    if (status === 'satisfiable') stratum = cores.nextStratum(stratum);
    else cores.relax(search.solver.core());
    proved = search.best !== null && search.best.costs[g] === cores.lower;
  }
  cores.harden();
  return { lower: cores.lower, proved: true };
}

class CoreSearch {
  lower = 0;
  private readonly weights = new Map<Literal, number>();
  private readonly counts = new Map<Literal, Count>();

  constructor(
    private readonly search: Search,
    goal: Goal,
  ) {
    for (const { literal, weight } of goal.softs) {
      if (literal === NO) this.lower += weight;
      else if (literal !== YES) this.weights.set(literal, (this.weights.get(literal) ?? 0) + weight);
    }
  }

  /** The weight from which on the next stratum is: the middle one of those below; 0 when there is none. */
  nextStratum(below: number): number {
    const left = [...new Set(this.weights.values())].filter((weight) => weight < below).sort((a, b) => b - a);
    return left[left.length >> 1] ?? 0;
  }

  active(stratum: number): Literal[] {
    return [...this.weights].filter(([, weight]) => weight >= stratum).map(([literal]) => literal);
  }

  /** At least one literal of the core fails: pay for it once, and let a counter ask for the next. */
  relax(found: readonly Literal[]): void {
    const core = this.shrink(found);
    const least = Math.min(...core.map((literal) => this.weights.get(literal) ?? 0));
    const { formula } = this.search;
    this.lower += least;
    for (const literal of core) {
      const left = (this.weights.get(literal) ?? 0) - least;
      if (left > 0) this.weights.set(literal, left);
      else this.weights.delete(literal);
      const count = this.counts.get(literal);
      if (count) this.want(count.outputs, count.k + 1, least);
    }
    formula.add(...core.map((literal) => -literal));
    if (core.length > 1) {
      const failing = core.map((literal) => -literal);
      this.want(totalizer(formula, failing, core.length, 'up'), 1, least);
    }
  }

  harden(): void {
    for (const literal of this.weights.keys()) this.search.formula.add(literal);
    this.weights.clear();
  }

  private want(outputs: Literal[], k: number, weight: number): void {
    const output = outputs[k];
    if (output === undefined) return;
    this.weights.set(-output, (this.weights.get(-output) ?? 0) + weight);
    this.counts.set(-output, { outputs, k });
  }

  private shrink(found: readonly Literal[]): Literal[] {
    let core = [...found];
    if (core.length > SHRINK_UP_TO) return core;
    for (let i = 0; i < core.length && core.length > 1;) {
      const without = core.filter((_, at) => at !== i);
      if (this.search.solve(without, SHRINK_CONFLICTS) === 'unsatisfiable') {
        const smaller = new Set(this.search.solver.core());
        core = without.filter((literal) => smaller.has(literal));
        i = Math.min(i, core.length);
      } else i++;
    }
    return core;
  }
}
