import { atMost, totalizer } from '../timetable/exact/cardinality.js';
import { makeCadical } from '../timetable/exact/cadical-solver.js';
import { Formula, NO } from '../timetable/exact/formula.js';
import type { Goal, Soft } from '../timetable/exact/goals.js';
import { minimiseByCores } from '../timetable/exact/minimise-by-cores.js';
import type { Literal, MakeSolver } from '../timetable/exact/sat-solver.js';
import { Search } from '../timetable/exact/search.js';
import { assignByFlow } from './assign-by-flow.js';
import { InvalidAssignmentInputError, type Assignment, type AssignmentInput } from './assignment.js';
import { barredPair, explainPairs } from './explain-pairs.js';
import { pairWorth } from './pair-worth.js';
import { cutToQuotas, keepsQuotas } from './quota-cuts.js';

export interface AssignOptions {
  cancelled?: () => boolean;
  makeSolver?: MakeSolver;
}

/**
 * Who should meet whom: of all pairs the set that misses the fewest musts, then falls short of the floors the least,
 * then is worth the most, then takes pairs of small ids before others (so that the answer is one and stays the same
 * when the input is given in another order). Exact: a cheapest flow, and where quotas of groups make it no flow weighted
 * MaxSAT by cores (`minimiseByCores`). Every goal is proved unless cancelled.
 * @throws InvalidAssignmentInputError on repeated or unknown ids
 */
export async function assignPairs(input: AssignmentInput, options: AssignOptions = {}): Promise<Assignment> {
  checkIds(input);
  const byFlow = assignByFlow(input);
  // What is best without quotas, and keeps them, is best with them.
  if (byFlow !== null && keepsQuotas(input, byFlow)) return explainPairs(input, byFlow, 'optimal');
  const bySat = await assignBySat(input, options);
  if (bySat.status === 'optimal' || byFlow === null) return bySat;
  const cut = explainPairs(input, assignByFlow(cutToQuotas(input, byFlow)) ?? [], 'gap');
  return isBetter(cut.objective, bySat.objective) ? cut : bySat;
}

function isBetter(one: Assignment['objective'], other: Assignment['objective']): boolean {
  const by = one.missedMust - other.missedMust || one.shortfall - other.shortfall || other.worth - one.worth;
  return by < 0;
}

async function assignBySat(input: AssignmentInput, options: AssignOptions): Promise<Assignment> {
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
    const members = new Set(
      [...input.lefts, ...input.rights].filter((side) => side.group === group).map(({ id }) => id),
    );
    const pairs = input.pairs.filter(({ leftId, rightId }) => members.has(leftId) || members.has(rightId));
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

function checkIds({ lefts, rights, pairs }: AssignmentInput): void {
  const [left, right, pair] = [lefts, rights, pairs].map((list) => new Set(list.map(({ id }) => id)));
  const repeated =
    left?.size !== lefts.length || right?.size !== rights.length || pair?.size !== pairs.length;
  if (repeated) throw new InvalidAssignmentInputError('two sides or two pairs have the same id');
  for (const { id, leftId, rightId } of pairs)
    if (!left?.has(leftId) || !right?.has(rightId))
      throw new InvalidAssignmentInputError(`pair ${id} names somebody unknown`);
}
