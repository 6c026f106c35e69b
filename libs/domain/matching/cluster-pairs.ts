/**
 * Connected components of a list of pairs: every id that stands in a pair, with the least id of its component.
 * Union-find with path halving; the result does not depend on the order of the pairs.
 */
export function clusterPairs(pairs: Iterable<readonly [string, string]>): Map<string, string> {
  const parents = new Map<string, string>();
  const rootOf = (id: string): string => {
    let at = id;
    for (;;) {
      const parent = parents.get(at) ?? at;
      if (parent === at) return at;
      const above = parents.get(parent) ?? parent;
      parents.set(at, above);
      at = above;
    }
  };
  for (const [a, b] of pairs) {
    const [first, second] = [rootOf(a), rootOf(b)];
    const [least, other] = first <= second ? [first, second] : [second, first];
    parents.set(least, least);
    parents.set(other, least);
  }
  return new Map([...parents.keys()].map((id) => [id, rootOf(id)]));
}
