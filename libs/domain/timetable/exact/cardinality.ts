import { NO, YES, type Formula } from './formula.js';
import type { Literal } from './sat-solver.js';

/** Above this length a chain of helpers takes fewer clauses than all pairs; below, pairs propagate faster. */
const PAIRS_UP_TO = 40;

/** `up`: too many inputs force outputs. `down`: outputs force inputs. */
export type Direction = 'up' | 'down' | 'both';

/** At most one of the literals holds: pairwise, or sequentially (Sinz 2005) when they are many. */
export function atMostOne(formula: Formula, literals: readonly Literal[]): void {
  const open = literals.filter((literal) => literal !== NO);
  if (open.length <= PAIRS_UP_TO) {
    for (let i = 0; i < open.length; i++)
      for (let j = i + 1; j < open.length; j++) formula.add(-(open[i] ?? 0), -(open[j] ?? 0));
    return;
  }
  let seen = open[0] ?? NO;
  for (const literal of open.slice(1)) {
    formula.add(-seen, -literal);
    const now = formula.newVariable();
    formula.add(-seen, now);
    formula.add(-literal, now);
    seen = now;
  }
}

/**
 * Sorted count of the literals: output k holds when more than k of them do, for k below `limit`. Totalizer of
 * Bailleux and Boufkhad (CP 2003), cut at the limit. O(n·limit) helpers, O(n·limit²) clauses at most.
 */
export function totalizer(
  formula: Formula,
  literals: readonly Literal[],
  limit: number,
  direction: Direction,
): Literal[] {
  const open = literals.filter((literal) => literal !== NO);
  if (open.length <= 1) return open.slice(0, limit);
  const half = open.length >> 1;
  const left = totalizer(formula, open.slice(0, half), limit, direction);
  const right = totalizer(formula, open.slice(half), limit, direction);
  return merge(formula, left, right, limit, direction);
}

function merge(
  formula: Formula,
  a: readonly Literal[],
  b: readonly Literal[],
  limit: number,
  direction: Direction,
): Literal[] {
  const outputs = formula.newVariables(Math.min(limit, a.length + b.length));
  const atLeast = (list: readonly Literal[], count: number): Literal =>
    count === 0 ? YES : (list[count - 1] ?? NO);
  for (let i = 0; i <= a.length; i++) {
    for (let j = 0; j <= b.length; j++) {
      if (direction !== 'down' && i + j >= 1 && i + j <= outputs.length)
        formula.add(-atLeast(a, i), -atLeast(b, j), atLeast(outputs, i + j));
      if (direction !== 'up' && i + j < outputs.length)
        formula.add(atLeast(a, i + 1), atLeast(b, j + 1), -atLeast(outputs, i + j + 1));
    }
  }
  return outputs;
}

/** At most `limit` of the literals hold. */
export function atMost(formula: Formula, literals: readonly Literal[], limit: number): void {
  const open = literals.filter((literal) => literal !== NO);
  if (open.length <= limit) return;
  if (limit === 1) atMostOne(formula, open);
  else if (limit <= 0) for (const literal of open) formula.add(-literal);
  else formula.add(-(totalizer(formula, open, limit + 1, 'up')[limit] ?? NO));
}
