import type { Assignment, AssignmentInput, AssignmentPair } from './assignment.js';
import { pairWorth } from './pair-worth.js';

export interface AssignmentViolation {
  rule: 'unknown-pair' | 'barred' | 'most' | 'quota' | 'capacity' | 'addable' | 'why' | 'objective';
  subject: string;
}

/** Checks an assignment from its definition: limits, reasons, figures, and that no pair could simply be added. O(N²). */
export function verifyAssignment(input: AssignmentInput, assignment: Assignment): AssignmentViolation[] {
  const violations: AssignmentViolation[] = [];
  const add = (rule: AssignmentViolation['rule'], subject: string) => violations.push({ rule, subject });
  const byId = new Map(input.pairs.map((pair) => [pair.id, pair]));
  const chosen = [...new Set(assignment.chosen)].flatMap((id) => byId.get(id) ?? []);
  if (chosen.length !== assignment.chosen.length) add('unknown-pair', assignment.chosen.join());
  for (const pair of chosen) if (isBarred(input, pair)) add('barred', pair.id);
  const limits = limitsOf(input).map((limit) => ({ ...limit, count: chosen.filter(limit.applies).length }));
  for (const { rule, subject, count, most } of limits) if (count > most) add(rule, subject);
  const ids = new Set(chosen.map(({ id }) => id));
  const reached = limits.filter(({ count, most }) => count >= most);
  for (const pair of input.pairs.filter(({ id }) => !ids.has(id)))
    if (!isBarred(input, pair) && !reached.some(({ applies }) => applies(pair))) add('addable', pair.id);
  checkWhy(input, assignment, chosen, add);
  const { missedMust, shortfall, worth } = assignment.objective;
  if (missedMust !== input.pairs.filter(({ id, wish }) => wish === 'must' && !ids.has(id)).length)
    add('objective', 'missedMust');
  if (worth !== chosen.reduce((sum, pair) => sum + pairWorth(pair, input.weights), 0))
    add('objective', 'worth');
  const missing = limits.map(({ least, count }) => least - count);
  if (shortfall !== missing.reduce((sum, count) => sum + Math.max(0, count), 0))
    add('objective', 'shortfall');
  return violations;
}

interface Limit {
  rule: 'most' | 'quota' | 'capacity';
  subject: string;
  least: number;
  most: number;
  applies: (pair: AssignmentPair) => boolean;
}

function limitsOf({ lefts, rights, quotas, capacity }: AssignmentInput): Limit[] {
  const groupsOf = (sides: AssignmentInput['lefts']) =>
    new Map(sides.map(({ id, groups }) => [id, new Set(groups)]));
  const [leftGroups, rightGroups] = [groupsOf(lefts), groupsOf(rights)];
  return [
    ...lefts.map(({ id, least, most }): Limit => ({
      rule: 'most',
      subject: id,
      least: least ?? 0,
      most,
      applies: (pair) => pair.leftId === id,
    })),
    ...rights.map(({ id, least, most }): Limit => ({
      rule: 'most',
      subject: id,
      least: least ?? 0,
      most,
      applies: (pair) => pair.rightId === id,
    })),
    ...(quotas ?? []).map(({ group, min, max }): Limit => ({
      rule: 'quota',
      subject: group,
      least: min ?? 0,
      most: max ?? Infinity,
      applies: ({ leftId, rightId }) =>
        leftGroups.get(leftId)?.has(group) === true || rightGroups.get(rightId)?.has(group) === true,
    })),
    { rule: 'capacity', subject: 'capacity', least: 0, most: capacity ?? Infinity, applies: () => true },
  ];
}

function isBarred({ blocks, minScore }: AssignmentInput, pair: AssignmentPair): boolean {
  const blocked = (blocks ?? []).some(([a, b]) => a === pair.leftId && b === pair.rightId);
  const idle = pair.interest === 'none' && pair.wish !== 'must' && pair.score < (minScore ?? 0);
  return blocked || idle || pair.wish === 'no-thanks';
}

function checkWhy(
  input: AssignmentInput,
  assignment: Assignment,
  chosen: readonly AssignmentPair[],
  add: (rule: 'why', subject: string) => void,
): void {
  const ids = new Set(chosen.map(({ id }) => id));
  input.pairs.forEach((pair, i) => {
    const why = assignment.why[i];
    const isChosen = ids.has(pair.id);
    const never = why?.reason === 'blocked' || why?.reason === 'no-thanks' || why?.reason === 'low-score';
    const holds =
      why?.pairId === pair.id &&
      why.worth === pairWorth(pair, input.weights) &&
      (why.reason === 'chosen') === isChosen &&
      never === (!isChosen && isBarred(input, pair)) &&
      why.insteadOf.every((id) => ids.has(id));
    if (!holds) add('why', pair.id);
  });
}
