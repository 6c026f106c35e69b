import type { TermIdf } from './term-idf.js';

/** No text holds it. */
const UNSEEN = '\u0000';

/** The characters around an occurrence of a piece of text; empty where a stretch of Han characters begins or ends. */
export interface Surroundings {
  readonly before: string;
  readonly after: string;
}

/** Where a piece stands in the lines of `text`. */
export function surroundingsIn(text: string, piece: string): Surroundings[] {
  const found: Surroundings[] = [];
  for (let at = text.indexOf(piece); at >= 0; at = text.indexOf(piece, at + 1))
    found.push({
      before: text.charAt(at - 1).trim(),
      after: text.charAt(at + piece.length).trim(),
    });
  return found;
}

/**
 * A piece that two texts share, without characters at its ends that are the rest of other words: of 角度保持 and 温度保持 the
 * common 度保持 becomes 保持. A character goes when it is bound closer to its neighbours outside, on the mean of the places
 * where the piece stands, than to the one inside, and at one of them in more documents; where the piece begins or ends a
 * stretch anywhere, it stays. Bonds are pointwise mutual information over the documents of the corpus (Church & Hanks 1990).
 * May leave less than a word.
 */
export function trimToWords(piece: string, around: readonly Surroundings[], index: TermIdf): string {
  let from = 0;
  let to = piece.length;
  const looser = (outside: readonly string[], inside: string) =>
    outside.some((pair) => index.idf(pair) < index.idf(inside)) &&
    mean(outside.map((pair) => bond(pair, index))) > bond(inside, index);
  const startsInside = () => {
    const before = from > 0 ? [piece.charAt(from - 1)] : around.map((place) => place.before);
    const pairs = before.map((char) => char + piece.charAt(from));
    return !before.includes('') && looser(pairs, piece.slice(from, from + 2));
  };
  const endsInside = () => {
    const after = to < piece.length ? [piece.charAt(to)] : around.map((place) => place.after);
    const pairs = after.map((char) => piece.charAt(to - 1) + char);
    return !after.includes('') && looser(pairs, piece.slice(to - 2, to));
  };
  while (to - from >= 2 && startsInside()) from += 1;
  while (to - from >= 2 && endsInside()) to -= 1;
  return piece.slice(from, to);
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

/**
 * ln p(ab) / (p(a)·p(b)), as p falls like exp(−idf); positive values discounted by df/(df + 1), as a pair of rare characters
 * in one document proves little (Pantel & Lin 2002).
 */
function bond(pair: string, index: TermIdf): number {
  const rarity = index.idf(pair);
  const information = index.idf(pair.charAt(0)) + index.idf(pair.charAt(1)) - rarity;
  if (information <= 0) return information;
  // (df + ½) / ½ = exp(idf of what no document holds − idf).
  const documents = Math.max(0, (Math.exp(index.idf(UNSEEN) - rarity) - 1) / 2);
  return (information * documents) / (documents + 1);
}
