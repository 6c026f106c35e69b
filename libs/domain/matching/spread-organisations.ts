import type { MatchCapability } from './match-types.js';
import { normaliseText } from './normalise-text.js';
import { runsOf, stem } from './tokenise.js';

/** What the order of a list looks at. */
export interface Listed {
  readonly capability: Pick<MatchCapability, 'id' | 'organisationId' | 'title' | 'fields'>;
  readonly score: number;
}

export interface Placed<Item> {
  readonly item: Item;
  /** On the same theme of the same organisation, listed before; 0 unless that made this one come later. */
  readonly behind: number;
}

/** So many on one theme of one organisation are listed as their scores say. */
export const FREE_PER_THEME = 2;
/** Each further one counts this much less: a third 0.85, a fourth 0.72 of its score. Scores themselves stay. */
export const REPEATED = 0.85;
/** Common pairs of characters and words of two titles, over all of them, from which they are on one theme. */
const ALIKE = 0.2;

const known = new WeakMap<Listed['capability'], ReadonlySet<string>>();

function titlePieces(capability: Listed['capability']): ReadonlySet<string> {
  let pieces = known.get(capability);
  if (pieces === undefined) {
    const found = new Set<string>();
    for (const { text, cjk } of runsOf(normaliseText(capability.title))) {
      if (!cjk) found.add(stem(text));
      else for (let at = 0; at + 2 <= text.length; at += 1) found.add(text.slice(at, at + 2));
    }
    known.set(capability, (pieces = found));
  }
  return pieces;
}

/** A field of two levels in common, or titles that share a fifth of their pieces. */
export function onOneTheme(a: Listed['capability'], b: Listed['capability']): boolean {
  if (a.fields.some((field) => field.includes('.') && b.fields.includes(field))) return true;
  const [first, second] = [titlePieces(a), titlePieces(b)];
  let common = 0;
  for (const piece of first) if (second.has(piece)) common += 1;
  return common > 0 && common >= ALIKE * (first.size + second.size - common);
}

const worth = (score: number, before: number) => score * REPEATED ** Math.max(0, before + 1 - FREE_PER_THEME);

/**
 * The first `limit` of a list ordered by score and id, so that no organisation fills it with one theme: at each place
 * stands what is worth most there (maximal marginal relevance, Carbonell & Goldstein 1998, with one redundancy per
 * organisation and theme); of equal worth, the earlier. Deterministic.
 */
export function spreadOrganisations<Item extends Listed>(
  ranked: readonly Item[],
  limit: number,
): Placed<Item>[] {
  const left = ranked.map((item, place) => ({ item, place, before: 0 }));
  const placed: Placed<Item>[] = [];
  while (placed.length < limit && left.length > 0) {
    let best = 0;
    for (let at = 1; at < left.length; at += 1) {
      // What is left is in the order of scores, and nothing is worth more than its score.
      if (left[at]!.item.score <= worth(left[best]!.item.score, left[best]!.before)) break;
      if (worth(left[at]!.item.score, left[at]!.before) > worth(left[best]!.item.score, left[best]!.before))
        best = at;
    }
    const [{ item, place, before }] = left.splice(best, 1) as [(typeof left)[number]];
    placed.push({ item, behind: place < placed.length ? before : 0 });
    const { organisationId } = item.capability;
    if (organisationId === null) continue;
    for (const other of left)
      if (
        other.item.capability.organisationId === organisationId &&
        onOneTheme(other.item.capability, item.capability)
      )
        other.before += 1;
  }
  return placed;
}
