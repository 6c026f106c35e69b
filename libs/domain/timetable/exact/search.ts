import type { Formula } from './formula.js';
import type { Goal } from './goals.js';
import type { Literal, SatSolver, SatStatus } from './sat-solver.js';

/** Where every meeting begins and of which kind its table is; -1 = nowhere. */
export interface Found {
  slots: Int32Array;
  kinds: Int32Array;
  /** Cost per goal. */
  costs: number[];
}

/** The state of one exact search: clauses, solver, goals and the best model so far. */
export class Search {
  best: Found | null = null;

  constructor(
    readonly formula: Formula,
    readonly solver: SatSolver,
    readonly goals: readonly Goal[],
    private readonly read: () => Pick<Found, 'slots' | 'kinds'>,
    private readonly onBetter: (found: Found) => void,
  ) {}

  /** Every model found is weighed against the best one. */
  solve(assumptions: readonly Literal[], conflicts?: number): SatStatus {
    this.formula.drain((clause) => this.solver.addClause(clause));
    const limit = conflicts === undefined ? {} : { conflicts };
    const status = this.solver.solve({ assumptions, ...limit });
    if (status === 'satisfiable') this.weigh();
    return status;
  }

  /** Cost of a goal in the model at hand. */
  costOf(goal: Goal): number {
    return goal.softs.reduce(
      (sum, { literal, weight }) => sum + (this.solver.value(literal) ? 0 : weight),
      0,
    );
  }

  private weigh(): void {
    const costs = this.goals.map((goal) => this.costOf(goal));
    const old = this.best?.costs;
    if (old) {
      const at = costs.findIndex((cost, g) => cost !== old[g]);
      if (at < 0 || (costs[at] ?? 0) > (old[at] ?? 0)) return;
    }
    this.best = { ...this.read(), costs };
    this.onBetter(this.best);
  }
}
