import type { AssignmentInput, AssignmentPair, AssignmentSide } from './assignment.js';
import { barredPair } from './explain-pairs.js';
import { FlowNetwork } from './flow-network.js';
import { pairWorth } from './pair-worth.js';

/**
 * `assignPairs` without regard to quotas of groups, where nothing spans several sides: a cheapest flow from the lefts to the rights.
 * Musts, floors and worth are one cost, each so large that all of the next together never outweigh it.
 * O(K·(N + V·log V)) for K chosen pairs, then O(N²) at worst to settle ties by id.
 * @returns ids of the chosen pairs; null where figures beyond 2^53 ask for another method
 */
export function assignByFlow(input: AssignmentInput): string[] | null {
  const pairs = input.pairs.filter((pair) => barredPair(input, pair) === null);
  const costs = costsOf(input, pairs);
  if (costs === null) return null;
  const { lefts, rights } = input;
  const [source, sink] = [0, lefts.length + rights.length + 1];
  const network = new FlowNetwork(sink + 1);
  const node = (sides: readonly AssignmentSide[], offset: number) =>
    new Map(sides.map(({ id }, i) => [id, offset + i]));
  const [leftNodes, rightNodes] = [node(lefts, 1), node(rights, 1 + lefts.length)];
  for (const side of lefts) addSide(network, side, source, leftNodes.get(side.id)!, costs.floor);
  const arcs = new Map(
    pairs.map((pair) => {
      const cost = -pairWorth(pair, input.weights) - (pair.wish === 'must' ? costs.must : 0);
      const [left, right] = [leftNodes.get(pair.leftId)!, rightNodes.get(pair.rightId)!];
      return [pair.id, network.add(left, right, 1, cost)];
    }),
  );
  for (const side of rights) addSide(network, side, rightNodes.get(side.id)!, sink, costs.floor);
  network.run(source, sink, input.capacity ?? Infinity);
  network.settle([...arcs.keys()].sort().map((id) => arcs.get(id)!));
  return input.pairs.flatMap(({ id }) => (network.isUsed(arcs.get(id) ?? -2) ? [id] : []));
}

/** The floor is worth more than anything else; beyond it a meeting is worth what its pair is. */
function addSide(network: FlowNetwork, side: AssignmentSide, from: number, to: number, floor: number): void {
  const least = Math.min(side.least ?? 0, side.most);
  network.add(from, to, least, -floor);
  network.add(from, to, side.most - least, 0);
}

function costsOf(
  input: AssignmentInput,
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
  const floors = sum([...input.lefts, ...input.rights], (side) => side.least ?? 0);
  const floor = 1 + most * best;
  const must = 1 + (floors + 1) * floor;
  const longest = input.lefts.length + input.rights.length + 2;
  return must * longest < Number.MAX_SAFE_INTEGER ? { floor, must } : null;
}
