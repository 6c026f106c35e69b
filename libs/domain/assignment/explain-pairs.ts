import type {
  Assignment,
  AssignmentInput,
  AssignmentPair,
  AssignmentReason,
  AssignmentWhy,
} from './assignment.js';
import { pairWorth } from './pair-worth.js';

/** Why a pair can never be chosen; null when it can. */
export function barredPair(
  { blocks, minScore }: Pick<AssignmentInput, 'blocks' | 'minScore'>,
  pair: AssignmentPair,
): Extract<AssignmentReason, 'blocked' | 'no-thanks' | 'low-score'> | null {
  if (blocks?.some(([left, right]) => left === pair.leftId && right === pair.rightId)) return 'blocked';
  if (pair.wish === 'no-thanks') return 'no-thanks';
  if (pair.wish !== 'must' && pair.interest === 'none' && pair.score < (minScore ?? 0)) return 'low-score';
  return null;
}

/** As many of the pairs in whose place others were chosen are named. */
const NAMED = 10;

/** The assignment of chosen pairs, with why and why not for every pair. O(N·(N + Q)). */
export function explainPairs(
  input: AssignmentInput,
  ids: readonly string[],
  status: Assignment['status'],
): Assignment {
  const taken = new Set(ids);
  const chosen = input.pairs.filter(({ id }) => taken.has(id));
  const cheapest = [...chosen].sort(
    (a, b) => pairWorth(a, input.weights) - pairWorth(b, input.weights) || (a.id < b.id ? -1 : 1),
  );
  const groups = new Map([...input.lefts, ...input.rights].map(({ id, group }) => [id, group]));
  const why = input.pairs.map((pair): AssignmentWhy => {
    const about = { pairId: pair.id, worth: pairWorth(pair, input.weights) };
    if (taken.has(pair.id)) return { ...about, reason: 'chosen', insteadOf: [] };
    const barred = barredPair(input, pair);
    if (barred !== null) return { ...about, reason: barred, insteadOf: [] };
    return { ...about, ...whyNot(input, cheapest, groups, pair) };
  });
  return { chosen: chosen.map(({ id }) => id), why, objective: measure(input, chosen), status };
}

/** The first limit that is reached, with the pairs that reach it; `chosen` with the least worth first. */
function whyNot(
  input: AssignmentInput,
  chosen: readonly AssignmentPair[],
  groups: ReadonlyMap<string, string | null | undefined>,
  pair: AssignmentPair,
): Pick<AssignmentWhy, 'reason' | 'insteadOf' | 'group'> {
  const idsOf = (pairs: readonly AssignmentPair[]) => pairs.slice(0, NAMED).map(({ id }) => id);
  for (const [reason, sides, key] of [
    ['left-full', input.lefts, 'leftId'],
    ['right-full', input.rights, 'rightId'],
  ] as const) {
    const own = chosen.filter((other) => other[key] === pair[key]);
    const most = sides.find(({ id }) => id === pair[key])?.most ?? 0;
    if (own.length >= most) return { reason, insteadOf: idsOf(own) };
  }
  for (const { group, max } of input.quotas ?? []) {
    const isOf = ({ leftId, rightId }: AssignmentPair) =>
      groups.get(leftId) === group || groups.get(rightId) === group;
    if (!isOf(pair)) continue;
    const own = chosen.filter(isOf);
    if (own.length >= (max ?? Infinity)) return { reason: 'group-full', group, insteadOf: idsOf(own) };
  }
  if (chosen.length >= (input.capacity ?? Infinity)) return { reason: 'capacity', insteadOf: idsOf(chosen) };
  return { reason: 'outweighed', insteadOf: [] };
}

function measure(input: AssignmentInput, chosen: readonly AssignmentPair[]): Assignment['objective'] {
  const missing = (count: number, min: number | null | undefined) => Math.max(0, (min ?? 0) - count);
  const of = (ids: ReadonlySet<string>) =>
    chosen.filter(({ leftId, rightId }) => ids.has(leftId) || ids.has(rightId)).length;
  let shortfall = 0;
  for (const { id, least } of input.lefts)
    shortfall += missing(chosen.filter(({ leftId }) => leftId === id).length, least);
  for (const { id, least } of input.rights)
    shortfall += missing(chosen.filter(({ rightId }) => rightId === id).length, least);
  for (const { group, min } of input.quotas ?? []) {
    const members = [...input.lefts, ...input.rights].filter((side) => side.group === group);
    shortfall += missing(of(new Set(members.map(({ id }) => id))), min);
  }
  const taken = new Set(chosen.map(({ id }) => id));
  return {
    missedMust: input.pairs.filter(({ id, wish }) => wish === 'must' && !taken.has(id)).length,
    shortfall,
    worth: chosen.reduce((sum, pair) => sum + pairWorth(pair, input.weights), 0),
  };
}
