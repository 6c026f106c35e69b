import type { AssignmentInput, AssignmentPair, AssignmentQuota } from './assignment.js';
import { barredPair } from './explain-pairs.js';
import { membersOf } from './quota-cuts.js';

/** A quota of sides of one kind only, and the smallest other one that holds all of them. */
export interface NestedQuota {
  readonly quota: AssignmentQuota;
  readonly members: ReadonlySet<string>;
  readonly within: NestedQuota | null;
}

/** Quotas that a flow obeys, outer ones before inner ones, and the others. */
export interface QuotaNests {
  readonly lefts: readonly NestedQuota[];
  readonly rights: readonly NestedQuota[];
  readonly others: readonly AssignmentQuota[];
}

/**
 * Sorts out which quotas keep the question a flow: those whose pairs are just the pairs of some lefts, or of some rights,
 * and any two of which on the same side have all members of the smaller in common, or none (a laminar family; Ahuja,
 * Magnanti, Orlin, "Network Flows", 1993, chapter 1). An organisation's people and all people of its kind are one. Of
 * quotas that cross the ones with more members are kept. O(Q·(N + Q·M)) for N pairs and M members.
 */
export function nestQuotas(input: AssignmentInput): QuotaNests {
  const pairs = input.pairs.filter((pair) => barredPair(input, pair) === null);
  const nests = { lefts: [] as NestedQuota[], rights: [] as NestedQuota[] };
  const others: AssignmentQuota[] = [];
  const sized = (input.quotas ?? []).map((quota) => ({ quota, ...oneSided(input, pairs, quota.group) }));
  const size = ({ lefts, rights }: OneSided) => Math.max(lefts?.size ?? 0, rights?.size ?? 0);
  sized.sort((a, b) => size(b) - size(a) || (a.quota.group < b.quota.group ? -1 : 1));
  for (const { quota, lefts, rights } of sized) {
    const isNested =
      (lefts !== null && nest(nests.lefts, quota, lefts)) ||
      (rights !== null && nest(nests.rights, quota, rights));
    if (!isNested) others.push(quota);
  }
  return { ...nests, others };
}

/** Members on one side whose pairs are all pairs of the group; null where there are pairs of others too. */
interface OneSided {
  lefts: ReadonlySet<string> | null;
  rights: ReadonlySet<string> | null;
}

function oneSided(input: AssignmentInput, pairs: readonly AssignmentPair[], group: string): OneSided {
  const { lefts, rights } = membersOf(input, group);
  const own = pairs.filter(({ leftId, rightId }) => lefts.has(leftId) || rights.has(rightId));
  // Members without any pair do not count, so that they cross nothing.
  const used = (ids: readonly string[], members: ReadonlySet<string>) =>
    ids.every((id) => members.has(id)) ? new Set(ids) : null;
  return {
    lefts: used(
      own.map(({ leftId }) => leftId),
      lefts,
    ),
    rights: used(
      own.map(({ rightId }) => rightId),
      rights,
    ),
  };
}

/** Adds a quota unless it crosses one that is there; those have at least as many members. */
function nest(nested: NestedQuota[], quota: AssignmentQuota, members: ReadonlySet<string>): boolean {
  let within: NestedQuota | null = null;
  for (const outer of nested) {
    const inside = [...members].filter((id) => outer.members.has(id)).length;
    if (inside > 0 && inside < members.size) return false;
    if (inside > 0) within = outer;
  }
  nested.push({ quota, members, within });
  return true;
}
