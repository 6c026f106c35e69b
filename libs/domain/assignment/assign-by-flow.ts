import type { AssignmentInput, AssignmentPair, AssignmentQuota, AssignmentSide } from './assignment.js';
import { barredPair } from './explain-pairs.js';
import { FlowNetwork } from './flow-network.js';
import { pairWorth } from './pair-worth.js';
import type { NestedQuota, QuotaNests } from './quota-nests.js';

/**
 * `assignPairs` with regard to nested quotas only: a cheapest flow from the lefts to the rights, that of a group passing
 * through a node of its own, from that of the group around it. Musts, floors and worth are one cost, each so large that
 * all of the next together never outweigh it. O(K·(N + V·log V)) for K chosen pairs, then O(N²) at worst to settle ties
 * by id.
 * @returns ids of the chosen pairs; null where figures beyond 2^53 ask for another method
 */
export function assignByFlow(input: AssignmentInput, nests: QuotaNests): string[] | null {
  const pairs = input.pairs.filter((pair) => barredPair(input, pair) === null);
  const costs = costsOf(input, nests, pairs);
  if (costs === null) return null;
  const { lefts, rights } = input;
  // Arcs go from smaller to larger numbers: groups of lefts from the outermost, groups of rights from the innermost.
  const at = {
    lefts: 1 + nests.lefts.length,
    rights: 1 + nests.lefts.length + lefts.length,
    groups: 1 + nests.lefts.length + lefts.length + rights.length,
  };
  const [source, sink] = [0, at.groups + nests.rights.length];
  const network = new FlowNetwork(sink + 1);
  const leftGates = gatesOf(nests.lefts, source, (index) => 1 + index);
  const rightGates = gatesOf(nests.rights, sink, (index) => sink - 1 - index);
  const most = pairs.length;
  for (const { quota, node, beyond } of leftGates.all)
    addBounds(network, beyond, node, quota.min, quota.max ?? most, costs.floor);
  lefts.forEach(({ id, least, most: own }, i) =>
    addBounds(network, leftGates.of(id), at.lefts + i, least, own, costs.floor),
  );
  const [leftNodes, rightNodes] = [numbered(lefts, at.lefts), numbered(rights, at.rights)];
  const arcs = new Map(
    pairs.map((pair) => {
      const cost = -pairWorth(pair, input.weights) - (pair.wish === 'must' ? costs.must : 0);
      const [left, right] = [leftNodes.get(pair.leftId)!, rightNodes.get(pair.rightId)!];
      return [pair.id, network.add(left, right, 1, cost)];
    }),
  );
  rights.forEach(({ id, least, most: own }, i) =>
    addBounds(network, at.rights + i, rightGates.of(id), least, own, costs.floor),
  );
  for (const { quota, node, beyond } of rightGates.all)
    addBounds(network, node, beyond, quota.min, quota.max ?? most, costs.floor);
  network.run(source, sink, input.capacity ?? Infinity);
  network.settle([...arcs.keys()].sort().map((id) => arcs.get(id)!));
  return input.pairs.flatMap(({ id }) => (network.isUsed(arcs.get(id) ?? -2) ? [id] : []));
}

const numbered = (sides: readonly AssignmentSide[], offset: number): Map<string, number> =>
  new Map(sides.map(({ id }, i) => [id, offset + i]));

interface Gates {
  /** Nodes of groups, each with the node around it. */
  readonly all: readonly { quota: AssignmentQuota; node: number; beyond: number }[];
  /** The innermost node a member's flow passes. */
  of(memberId: string): number;
}

function gatesOf(nested: readonly NestedQuota[], end: number, nodeAt: (index: number) => number): Gates {
  const nodes = new Map(nested.map((one, index) => [one, nodeAt(index)]));
  const innermost = new Map<string, number>();
  // Inner groups come later.
  for (const one of nested) for (const id of one.members) innermost.set(id, nodes.get(one)!);
  return {
    all: nested.map((one) => ({
      quota: one.quota,
      node: nodes.get(one)!,
      beyond: one.within === null ? end : nodes.get(one.within)!,
    })),
    of: (memberId) => innermost.get(memberId) ?? end,
  };
}

/** The floor is worth more than anything else; beyond it a meeting is worth what its pair is. */
function addBounds(
  network: FlowNetwork,
  from: number,
  to: number,
  min: number | null | undefined,
  max: number,
  floor: number,
): void {
  const least = Math.min(min ?? 0, max);
  network.add(from, to, least, -floor);
  network.add(from, to, max - least, 0);
}

function costsOf(
  input: AssignmentInput,
  nests: QuotaNests,
  pairs: readonly AssignmentPair[],
): { floor: number; must: number } | null {
  const sum = (sides: readonly AssignmentSide[], of: (side: AssignmentSide) => number) =>
    sides.reduce((total, side) => total + of(side), 0);
  const most = Math.min(
    pairs.length,
    sum(input.lefts, (side) => side.most),
    sum(input.rights, (side) => side.most),
  );
  const best = pairs.reduce((high, pair) => Math.max(high, pairWorth(pair, input.weights)), 0);
  const groups = [...nests.lefts, ...nests.rights];
  const floors =
    sum([...input.lefts, ...input.rights], (side) => side.least ?? 0) +
    groups.reduce((total, { quota }) => total + (quota.min ?? 0), 0);
  const floor = 1 + most * best;
  const must = 1 + (floors + 1) * floor;
  const longest = input.lefts.length + input.rights.length + groups.length + 2;
  return must * longest < Number.MAX_SAFE_INTEGER ? { floor, must } : null;
}
