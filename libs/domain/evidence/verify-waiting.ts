import {
  inWaitingOrder,
  MAX_PASSES,
  type WaitingAllocation,
  type WaitingEntry,
  type WaitingInput,
} from './allocate-waiting.js';

export interface WaitingViolation {
  rule: 'unknown' | 'repeated' | 'oversold' | 'starved' | 'out-of-order' | 'idle-seats' | 'skipped' | 'held';
  id: string | null;
}

/**
 * Checks an allocation against the rule as stated, entry by entry and without replaying it: nothing
 * oversold, nobody offered behind an entry that had been passed often enough or that would have fitted
 * in its turn, no seat idle without cause. Empty means correct. O(n²).
 */
export function verifyWaiting(input: WaitingInput, allocation: WaitingAllocation): WaitingViolation[] {
  const violations: WaitingViolation[] = [];
  const maxPasses = input.maxPasses ?? MAX_PASSES;
  const order = inWaitingOrder(input.entries);
  const offered = new Set(allocation.offers);
  const known = new Set(order.map((entry) => entry.id));
  for (const id of allocation.offers) if (!known.has(id)) violations.push({ rule: 'unknown', id });
  if (offered.size !== allocation.offers.length) violations.push({ rule: 'repeated', id: null });
  const seats = (entries: readonly WaitingEntry[]) =>
    entries.filter((entry) => offered.has(entry.id)).reduce((sum, entry) => sum + entry.size, 0);
  const free = input.freeSeats - seats(order);
  if (free < 0 && offered.size > 0) violations.push({ rule: 'oversold', id: null });
  const expectedSkips: string[] = [];
  let blocker: WaitingEntry | null = null;
  order.forEach((entry, position) => {
    if (entry.size > input.capacity) {
      if (offered.has(entry.id)) violations.push({ rule: 'oversold', id: entry.id });
      return;
    }
    if (offered.has(entry.id)) return;
    const leftInItsTurn = input.freeSeats - seats(order.slice(0, position));
    const servedBehind = order.slice(position + 1).some((later) => offered.has(later.id));
    const blocks = entry.passes >= maxPasses && leftInItsTurn > 0;
    if (servedBehind && blocks) violations.push({ rule: 'starved', id: entry.id });
    if (servedBehind && entry.size <= leftInItsTurn) violations.push({ rule: 'out-of-order', id: entry.id });
    if (servedBehind) expectedSkips.push(entry.id);
    if (blocks && !blocker) blocker = entry;
    if (!blocker && !servedBehind && entry.size <= free)
      violations.push({ rule: 'idle-seats', id: entry.id });
  });
  if (allocation.skipped.join('\n') !== expectedSkips.join('\n'))
    violations.push({ rule: 'skipped', id: null });
  const expectedHeld = (blocker as WaitingEntry | null)?.id ?? null;
  const heldSeats = allocation.held?.seats ?? free;
  if ((allocation.held?.id ?? null) !== expectedHeld || heldSeats !== free) {
    violations.push({ rule: 'held', id: expectedHeld });
  }
  return violations;
}
