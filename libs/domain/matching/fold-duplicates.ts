import type { MatchCapability } from './match-types.js';

export interface Folded<Item> {
  readonly item: Item;
  /** Ids of the capabilities that are not listed because `item` stands for them, in their order. */
  readonly folded: string[];
}

/**
 * Of near-identical capabilities of one organisation only the first stays; the others are named under it. `ranked` is
 * best first. Twins of different organisations stay apart: both may be what the need's owner looks for.
 */
export function foldDuplicates<Item extends { capability: Pick<MatchCapability, 'id' | 'organisationId'> }>(
  ranked: readonly Item[],
  clusters: ReadonlyMap<string, string>,
): Folded<Item>[] {
  const kept: Folded<Item>[] = [];
  const firsts = new Map<string, Folded<Item>>();
  for (const item of ranked) {
    const { id, organisationId } = item.capability;
    const cluster = organisationId === null ? undefined : clusters.get(id);
    const key = `${organisationId} ${cluster}`;
    const first = cluster === undefined ? undefined : firsts.get(key);
    if (first !== undefined) {
      first.folded.push(id);
      continue;
    }
    const entry = { item, folded: [] };
    if (cluster !== undefined) firsts.set(key, entry);
    kept.push(entry);
  }
  return kept;
}
