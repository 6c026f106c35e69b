import type {
  Assignment,
  AssignmentInput,
  AssignmentPair,
  AssignmentReason,
  AssignmentWhy,
} from './assignment.js';
import { pairWorth } from './pair-worth.js';
import { membersOf } from './quota-cuts.js';

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
  const groups = (input.quotas ?? []).map((quota): FullGroup => {
    const { lefts, rights } = membersOf(input, quota.group);
    const isOf = ({ leftId, rightId }: AssignmentPair) => lefts.has(leftId) || rights.has(rightId);
    const own = cheapest.filter(isOf);
    return { group: quota.group, isOf, own, isFull: own.length >= (quota.max ?? Infinity) };
  });
  const why = input.pairs.map((pair): AssignmentWhy => {
    const about = { pairId: pair.id, worth: pairWorth(pair, input.weights) };
    if (taken.has(pair.id)) return { ...about, reason: 'chosen', insteadOf: [] };
    const barred = barredPair(input, pair);
    if (barred !== null) return { ...about, reason: barred, insteadOf: [] };
    return { ...about, ...whyNot(input, cheapest, groups, pair) };
  });
  return { chosen: chosen.map(({ id }) => id), why, objective: measure(input, chosen), status };
}

/** Whether a quota is reached, with the chosen pairs that reach it. */
interface FullGroup {
  group: string;
  isOf: (pair: AssignmentPair) => boolean;
  own: AssignmentPair[];
  isFull: boolean;
}

/** The first limit that is reached, with the pairs that reach it; `chosen` with the least worth first. */
function whyNot(
  input: AssignmentInput,
  chosen: readonly AssignmentPair[],
  groups: readonly FullGroup[],
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
  for (const { group, isOf, own, isFull } of groups)
    if (isFull && isOf(pair)) return { reason: 'group-full', group, insteadOf: idsOf(own) };
  if (chosen.length >= (input.capacity ?? Infinity)) return { reason: 'capacity', insteadOf: idsOf(chosen) };
  return { reason: 'outweighed', insteadOf: [] };
}

function measure(input: AssignmentInput, chosen: readonly AssignmentPair[]): Assignment['objective'] {
  const missing = (count: number, min: number | null | undefined) => Math.max(0, (min ?? 0) - count);
  let shortfall = 0;
  for (const { id, least } of input.lefts)
    shortfall += missing(chosen.filter(({ leftId }) => leftId === id).length, least);
  for (const { id, least } of input.rights)
    shortfall += missing(chosen.filter(({ rightId }) => rightId === id).length, least);
  for (const { group, min } of input.quotas ?? []) {
    const { lefts, rights } = membersOf(input, group);
    const own = chosen.filter(({ leftId, rightId }) => lefts.has(leftId) || rights.has(rightId));
    shortfall += missing(own.length, min);
  }
  const taken = new Set(chosen.map(({ id }) => id));
  return {
    missedMust: input.pairs.filter(({ id, wish }) => wish === 'must' && !taken.has(id)).length,
    shortfall,
    worth: chosen.reduce((sum, pair) => sum + pairWorth(pair, input.weights), 0),
  };
}
