import { assignPairs } from '#libs/domain/assignment/assign-pairs.js';
import type { Assignment, AssignmentInput } from '#libs/domain/assignment/assignment.js';
import { verifyAssignment } from '#libs/domain/assignment/verify-assignment.js';

/** Seconds after which the best found so far is taken; a flow takes about one, only people on both sides take longer. */
const LIMIT_SECONDS = 15;

/** Who should meet whom, checked; in this thread, which does nothing else meanwhile. */
export async function runAssignment(input: AssignmentInput): Promise<Assignment> {
  const until = performance.now() + LIMIT_SECONDS * 1000;
  const assignment = await assignPairs(input, { cancelled: () => performance.now() > until });
  // Without a proof a pair may be left that could simply be added.
  const violations = verifyAssignment(input, assignment).filter(
    ({ rule }) => assignment.status === 'optimal' || rule !== 'addable',
  );
  if (violations.length === 0) return assignment;
  const list = violations.slice(0, 5).map(({ rule, subject }) => `${rule} ${subject}`);
  throw new Error(`The assignment breaks ${violations.length} rules: ${list.join('; ')}`);
}
