import { atMost, totalizer } from '../timetable/exact/cardinality.js';
import { makeCadical } from '../timetable/exact/cadical-solver.js';
import { Formula, NO } from '../timetable/exact/formula.js';
import type { Goal, Soft } from '../timetable/exact/goals.js';
import { minimiseByCores } from '../timetable/exact/minimise-by-cores.js';
import type { Literal, MakeSolver } from '../timetable/exact/sat-solver.js';
import { Search } from '../timetable/exact/search.js';
import type { Assignment, AssignmentInput } from './assignment.js';
import { barredPair, explainPairs } from './explain-pairs.js';
import { pairWorth } from './pair-worth.js';
import { membersOf } from './quota-cuts.js';

export interface AssignOptions {
  cancelled?: () => boolean;
  makeSolver?: MakeSolver;
}

/** `assignPairs` whatever the quotas: weighted MaxSAT by cores (`minimiseByCores`), goal after goal. */
export async function assignBySat(input: AssignmentInput, options: AssignOptions = {}): Promise<Assignment> {
  const formula = new Formula();
  const chosen = new Map<string, Literal>(
    input.pairs.map((pair) => [pair.id, barredPair(input, pair) === null ? formula.newVariable() : NO]),
  );
  const goals = encode(formula, input, chosen);
  const stop = options.cancelled ?? (() => false);
  const solver = await (options.makeSolver ?? makeCadical)({ seed: input.seed, stop });
  try {
    let ids: string[] = [];
    const read = () => ({ slots: new Int32Array(), kinds: new Int32Array() });
    const search = new Search(formula, solver, goals, read, () => {
      ids = input.pairs.flatMap(({ id }) => (solver.value(chosen.get(id) ?? NO) ? [id] : []));
    });
    search.solve([]);
    let proved = search.best !== null;
    for (let g = 0; g < goals.length && proved; g++) proved = minimiseByCores(search, g).proved;
    if (proved) ids = settleTies(input, chosen, search) ?? ids;
    return explainPairs(input, ids, proved ? 'optimal' : 'gap');
  } finally {
    solver.dispose();
  }
}

function encode(formula: Formula, input: AssignmentInput, chosen: ReadonlyMap<string, Literal>): Goal[] {
  const literals = (pairs: AssignmentInput['pairs']) => pairs.map(({ id }) => chosen.get(id) ?? NO);
  const shortfall: Soft[] = [];
  const bound = (open: Literal[], least: number, most: number) => {
    atMost(formula, open, most);
    if (least <= 0) return;
    const sorted = totalizer(formula, open, least, 'both');
    for (let k = 0; k < least; k++) shortfall.push({ literal: sorted[k] ?? NO, weight: 1 });
  };
  for (const { id, least, most } of input.lefts)
    bound(literals(input.pairs.filter(({ leftId }) => leftId === id)), least ?? 0, most);
  for (const { id, least, most } of input.rights)
    bound(literals(input.pairs.filter(({ rightId }) => rightId === id)), least ?? 0, most);
  for (const { group, min, max } of input.quotas ?? []) {
    const { lefts, rights } = membersOf(input, group);
    const pairs = input.pairs.filter(({ leftId, rightId }) => lefts.has(leftId) || rights.has(rightId));
    bound(literals(pairs), min ?? 0, max ?? Infinity);
  }
  if (typeof input.capacity === 'number') atMost(formula, literals(input.pairs), input.capacity);
  const must = input.pairs.filter(({ wish }) => wish === 'must');
  return [
    { name: 'missed-must', softs: literals(must).map((literal) => ({ literal, weight: 1 })) },
    { name: 'shortfall', softs: shortfall },
    {
      name: 'satisfaction',
      softs: input.pairs.map((pair) => ({
        literal: chosen.get(pair.id) ?? NO,
        weight: pairWorth(pair, input.weights),
      })),
    },
  ];
}

/** Of all optimal sets the one that holds the smallest ids: each pair in turn is kept when it can be. */
function settleTies(
  input: AssignmentInput,
  chosen: ReadonlyMap<string, Literal>,
  search: Search,
): string[] | null {
  const kept: Literal[] = [];
  for (const id of input.pairs.map((pair) => pair.id).sort()) {
    const literal = chosen.get(id) ?? NO;
    if (literal === NO) continue;
    const status = search.solve([...kept, literal]);
    if (status === 'unknown') return null;
    kept.push(status === 'satisfiable' ? literal : -literal);
  }
  const taken = new Set(kept);
  return input.pairs.flatMap(({ id }) => (taken.has(chosen.get(id) ?? NO) ? [id] : []));
}
