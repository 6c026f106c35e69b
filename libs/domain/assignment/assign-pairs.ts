import { assignByFlow } from './assign-by-flow.js';
import { assignBySat, type AssignOptions } from './assign-by-sat.js';
import { InvalidAssignmentInputError, type Assignment, type AssignmentInput } from './assignment.js';
import { explainPairs } from './explain-pairs.js';
import { cutToQuotas, keepsQuotas } from './quota-cuts.js';
import { nestQuotas } from './quota-nests.js';

/**
 * Who should meet whom: of all pairs the set that misses the fewest musts, then falls short of the floors the least,
 * then is worth the most, then takes pairs of small ids before others (so that the answer is one and stays the same
 * when the input is given in another order). Exact: a cheapest flow, also with quotas of groups that lie
 * one within the other; where others bind weighted MaxSAT by cores. Every goal is proved unless cancelled.
 * @throws InvalidAssignmentInputError on repeated or unknown ids
 */
export async function assignPairs(input: AssignmentInput, options: AssignOptions = {}): Promise<Assignment> {
  checkIds(input);
  const nests = nestQuotas(input);
  const byFlow = assignByFlow(input, nests);
  // What is best without some quotas, and keeps them, is best with them.
  const others = { ...input, quotas: nests.others };
  if (byFlow !== null && keepsQuotas(others, byFlow)) return explainPairs(input, byFlow, 'optimal');
  const bySat = await assignBySat(input, options);
  if (bySat.status === 'optimal' || byFlow === null) return bySat;
  const cut = explainPairs(input, assignByFlow(cutToQuotas(others, byFlow), nests) ?? [], 'gap');
  return isBetter(cut.objective, bySat.objective) ? cut : bySat;
}

function isBetter(one: Assignment['objective'], other: Assignment['objective']): boolean {
  const by = one.missedMust - other.missedMust || one.shortfall - other.shortfall || other.worth - one.worth;
  return by < 0;
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
