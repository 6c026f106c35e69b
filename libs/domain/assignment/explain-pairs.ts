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

/** The assignment of chosen pairs, with why and why not for every pair. O(N·(N + Q)). */
export function explainPairs(
  input: AssignmentInput,
  ids: readonly string[],
  status: Assignment['status'],
): Assignment {
  const taken = new Set(ids);
  const chosen = input.pairs.filter(({ id }) => taken.has(id));
  const why = input.pairs.map((pair): AssignmentWhy => {
    const about = { pairId: pair.id, worth: pairWorth(pair) };
    if (taken.has(pair.id)) return { ...about, reason: 'chosen', insteadOf: [] };
    const barred = barredPair(input, pair);
    if (barred !== null) return { ...about, reason: barred, insteadOf: [] };
    return { ...about, ...whyNot(input, chosen, pair) };
  });
  return { chosen: chosen.map(({ id }) => id), why, objective: measure(input, chosen), status };
}

/** The first limit that is reached, with the pairs that reach it. */
function whyNot(
  input: AssignmentInput,
  chosen: readonly AssignmentPair[],
  pair: AssignmentPair,
): Pick<AssignmentWhy, 'reason' | 'insteadOf' | 'group'> {
  const cheapest = (pairs: readonly AssignmentPair[]) =>
    [...pairs].sort((a, b) => pairWorth(a) - pairWorth(b) || (a.id < b.id ? -1 : 1)).map(({ id }) => id);
  for (const [reason, sides, key] of [
    ['left-full', input.lefts, 'leftId'],
    ['right-full', input.rights, 'rightId'],
  ] as const) {
    const own = chosen.filter((other) => other[key] === pair[key]);
    const most = sides.find(({ id }) => id === pair[key])?.most ?? 0;
    if (own.length >= most) return { reason, insteadOf: cheapest(own) };
  }
  for (const { group, max } of input.quotas ?? []) {
    const isOf = ({ leftId, rightId }: AssignmentPair) =>
      [...input.lefts, ...input.rights].some(
        (side) => side.group === group && (side.id === leftId || side.id === rightId),
      );
    const own = chosen.filter(isOf);
    if (isOf(pair) && own.length >= (max ?? Infinity))
      return { reason: 'group-full', group, insteadOf: cheapest(own) };
  }
  if (chosen.length >= (input.capacity ?? Infinity))
    return { reason: 'capacity', insteadOf: cheapest(chosen) };
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
    worth: chosen.reduce((sum, pair) => sum + pairWorth(pair), 0),
  };
}
