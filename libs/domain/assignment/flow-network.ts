/** Integer costs and capacities; arc 2k goes forward, arc 2k + 1 back. */
export class FlowNetwork {
  private readonly heads: number[] = [];
  private readonly capacities: number[] = [];
  private readonly costs: number[] = [];
  private readonly arcsOf: number[][];
  /** Cheapest way from the source to each node; every open arc is no cheaper than the difference of its ends. */
  private readonly potentials: Float64Array;

  constructor(private readonly nodes: number) {
    this.arcsOf = Array.from({ length: nodes }, () => []);
    this.potentials = new Float64Array(nodes).fill(Infinity);
  }

  /** Answers the arc's number, even. */
  add(from: number, to: number, capacity: number, cost: number): number {
    const arc = this.heads.length;
    this.heads.push(to, from);
    this.capacities.push(capacity, 0);
    this.costs.push(cost, -cost);
    this.arcsOf[from]!.push(arc);
    this.arcsOf[to]!.push(arc + 1);
    return arc;
  }

  isUsed(arc: number): boolean {
    return this.capacities[arc + 1]! > 0;
  }

  /**
   * Sends units from `source` to `sink` along cheapest paths while a path costs less than nothing and at most `limit`
   * are sent: the cheapest flow of all values up to it (successive shortest paths, Ahuja, Magnanti, Orlin, "Network
   * Flows", 1993, section 9.7). Arcs have to go from nodes of smaller to nodes of larger number. Then closes the circle:
   * an arc from sink to source, so that what costs the same is reached by circles that cost nothing.
   */
  run(source: number, sink: number, limit: number): void {
    this.start(source);
    let sent = 0;
    for (; sent < limit && this.potentials[sink]! < Infinity; sent++) {
      const way = this.cheapest(source, sink);
      if (way === null) break;
      for (let node = sink; node !== source; node = this.tail(way[node]!)) this.push(way[node]!);
    }
    const back = this.add(sink, source, limit === Infinity ? this.heads.length : limit - sent, 0);
    this.capacities[back + 1] = sent;
  }

  /**
   * Of all flows that cost the same the one that uses the earliest arcs: each in turn is used when it can be, and stays
   * so. After `run`.
   */
  settle(arcs: readonly number[]): void {
    const seen = new Int32Array(this.nodes).fill(-1);
    arcs.forEach((arc, turn) => {
      if (!this.isUsed(arc) && this.isFree(arc)) {
        const way = this.freeWay(this.heads[arc]!, this.tail(arc), arc, seen, turn);
        if (way !== null) for (const step of [arc, ...way]) this.push(step);
      }
      this.costs[arc] = this.costs[arc + 1] = NaN;
    });
  }

  private tail(arc: number): number {
    return this.heads[arc ^ 1]!;
  }

  private push(arc: number): void {
    this.capacities[arc]! -= 1;
    this.capacities[arc ^ 1]! += 1;
  }

  /** Costs nothing beyond what its ends cost; false for arcs that are settled. */
  private isFree(arc: number): boolean {
    const reduced = this.costs[arc]! + this.potentials[this.tail(arc)]! - this.potentials[this.heads[arc]!]!;
    return this.capacities[arc]! > 0 && reduced === 0;
  }

  /** Potentials of the network without flow, whose arcs go upwards. */
  private start(source: number): void {
    this.potentials[source] = 0;
    for (let node = source; node < this.nodes; node++)
      for (const arc of this.arcsOf[node]!) {
        if (this.capacities[arc] === 0) continue;
        const cost = this.potentials[node]! + this.costs[arc]!;
        const to = this.heads[arc]!;
        if (cost < this.potentials[to]!) this.potentials[to] = cost;
      }
  }

  /** The arc by which each node of a cheapest path is reached, null when none costs less than nothing (Dijkstra). */
  private cheapest(source: number, sink: number): Int32Array | null {
    const distances = new Float64Array(this.nodes).fill(Infinity);
    const way = new Int32Array(this.nodes).fill(-1);
    const open = new DistanceHeap();
    distances[source] = 0;
    open.push(0, source);
    for (let node = open.pop(distances); node >= 0 && node !== sink; node = open.pop(distances)) {
      const from = distances[node]! + this.potentials[node]!;
      for (const arc of this.arcsOf[node]!) {
        if (this.capacities[arc] === 0) continue;
        const to = this.heads[arc]!;
        const distance = from + this.costs[arc]! - this.potentials[to]!;
        if (distance >= distances[to]!) continue;
        distances[to] = distance;
        way[to] = arc;
        open.push(distance, to);
      }
    }
    // Beyond a path that is free nothing is sent: potentials end where the sink costs as much as the source.
    const last = Math.min(distances[sink]!, -this.potentials[sink]!);
    const isWorth = distances[sink]! < -this.potentials[sink]!;
    for (let node = 0; node < this.nodes; node++) this.potentials[node]! += Math.min(distances[node]!, last);
    return isWorth ? way : null;
  }

  /** Open arcs that lead from one node to another for nothing, without `except`; null when none do. */
  private freeWay(from: number, to: number, except: number, seen: Int32Array, turn: number): number[] | null {
    const cameBy = new Map<number, number>();
    const queue = [from];
    seen[from] = turn;
    for (const node of queue) {
      if (node === to) break;
      for (const arc of this.arcsOf[node]!) {
        const next = this.heads[arc]!;
        if (seen[next] === turn || arc >> 1 === except >> 1 || !this.isFree(arc)) continue;
        seen[next] = turn;
        cameBy.set(next, arc);
        queue.push(next);
      }
    }
    if (seen[to] !== turn) return null;
    const way: number[] = [];
    for (let node = to; node !== from; node = this.tail(cameBy.get(node)!)) way.push(cameBy.get(node)!);
    return way;
  }
}

/** Nodes by distance; one that was reached more cheaply later is there twice and comes out once. */
class DistanceHeap {
  private readonly keys: number[] = [];
  private readonly nodes: number[] = [];

  push(key: number, node: number): void {
    let at = this.keys.length;
    for (; at > 0;) {
      const above = (at - 1) >> 1;
      if (this.keys[above]! <= key) break;
      this.put(at, this.keys[above]!, this.nodes[above]!);
      at = above;
    }
    this.put(at, key, node);
  }

  /** The nearest node, −1 when there is none. */
  pop(distances: Float64Array): number {
    while (this.keys.length > 0) {
      const [key, node] = [this.keys[0]!, this.nodes[0]!];
      this.removeFirst();
      if (key === distances[node]) return node;
    }
    return -1;
  }

  private removeFirst(): void {
    const [key, node] = [this.keys.pop()!, this.nodes.pop()!];
    const size = this.keys.length;
    if (size === 0) return;
    let at = 0;
    for (let below = 1; below < size; below = 2 * at + 1) {
      if (below + 1 < size && this.keys[below + 1]! < this.keys[below]!) below += 1;
      if (this.keys[below]! >= key) break;
      this.put(at, this.keys[below]!, this.nodes[below]!);
      at = below;
    }
    this.put(at, key, node);
  }

  private put(at: number, key: number, node: number): void {
    this.keys[at] = key;
    this.nodes[at] = node;
  }
}
