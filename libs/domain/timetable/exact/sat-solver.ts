/** A literal: a positive number for a variable, its negative for the opposite. Never 0. */
export type Literal = number;

export type SatStatus = 'satisfiable' | 'unsatisfiable' | 'unknown';

/** What the exact method needs of an incremental SAT solver. Same clauses, same calls, same seed: same answers. */
export interface SatSolver {
  addClause(literals: readonly Literal[]): void;
  /** `unknown` after `conflicts` conflicts or when the stop of its construction said so. */
  solve(options: { assumptions?: readonly Literal[]; conflicts?: number }): SatStatus;
  /** After `satisfiable`. */
  value(literal: Literal): boolean;
  /** After `unsatisfiable`: assumptions that cannot hold together; empty when the clauses alone contradict. */
  core(): Literal[];
  /** The value every model has, as far as known; null when open. */
  fixed(literal: Literal): boolean | null;
  /** The value tried first. */
  prefer(literal: Literal): void;
  dispose(): void;
}

/** Makes an empty solver; `stop` is polled while it searches. */
export type MakeSolver = (options: { seed: number; stop: () => boolean }) => Promise<SatSolver>;
