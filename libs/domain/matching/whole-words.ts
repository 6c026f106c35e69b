import type { TermIdf } from './term-idf.js';

/** No text holds it. */
const UNSEEN = '\u0000';
const HAN = /^\p{Script=Han}$/u;

/** The Han characters around an occurrence of a piece of text; empty where another script, a mark or an end is. */
export interface Surroundings {
  readonly before: string;
  readonly after: string;
}

const han = (char: string): string => (HAN.test(char) ? char : '');

/** Where a piece stands in a text. */
export function surroundingsIn(text: string, piece: string): Surroundings[] {
  const found: Surroundings[] = [];
  for (let at = text.indexOf(piece); at >= 0; at = text.indexOf(piece, at + 1))
    found.push({ before: han(text.charAt(at - 1)), after: han(text.charAt(at + piece.length)) });
  return found;
}

/**
 * Stretches of `run` that `text` has too, of two characters or more, from left to right the longest each. One that begins
 * inside the one before is taken where more documents hold its first pair than the pair across its start, as 电解槽 in
 * 膜电解槽 where the text has 膜电极 and 电解槽; otherwise what is left of it behind the one before.
 */
export function longestShared(run: string, text: string, index: TermIdf): string[] {
  const found: string[] = [];
  let reached = 0;
  let end = 0;
  for (let at = 0; at + 2 <= run.length; at += 1) {
    // What is shared from one character on is shared from the next one on.
    end = Math.max(end, at + 1);
    while (end < run.length && text.includes(run.slice(at, end + 1))) end += 1;
    if (end - at < 2 || end <= reached) continue;
    const begins = at >= reached || index.idf(run.slice(at, at + 2)) < index.idf(run.slice(at - 1, at + 1));
    if (!begins) continue;
    found.push(run.slice(at, end));
    reached = end;
  }
  return found;
}

/**
 * A piece that two texts share, without characters at its ends that are the rest of other words: of 角度保持 and 温度保持 the
 * common 度保持 becomes 保持, of 高温合金 and 低温合金 the common 温合金 becomes 合金. Where the piece begins or ends a stretch of
 * Han characters anywhere, it stays. A character goes when it is bound closer to its neighbours outside, on the mean of
 * the places where the piece stands, than to the one inside, and at one of them in more documents. Bonds are pointwise
 * mutual information over the documents of the corpus (Church & Hanks 1990); a piece's first pair is not counted in `own`,
 * the text it was found in: what nobody else writes is no word. (A last pair is: suffixes are written with many words.)
 * May leave less than a word.
 */
export function trimToWords(
  piece: string,
  around: readonly Surroundings[],
  index: TermIdf,
  own = '',
): string {
  const befores = around.map((place) => place.before);
  const afters = around.map((place) => place.after);
  let from = 0;
  let to = piece.length;
  const startsInside = () => {
    const outside = from > 0 ? [piece.charAt(from - 1)] : befores;
    return breaks(
      outside.map((char) => char && char + piece.charAt(from)),
      piece.slice(from, from + 2),
      index,
      own,
    );
  };
  const endsInside = () => {
    const outside = to < piece.length ? [piece.charAt(to)] : afters;
    return breaks(
      outside.map((char) => char && piece.charAt(to - 1) + char),
      piece.slice(to - 2, to),
      index,
      '',
    );
  };
  while (to - from >= 2 && startsInside()) from += 1;
  while (to - from >= 2 && endsInside()) to -= 1;
  return piece.slice(from, to);
}

/** Whether a word lies across the end of a piece, by the pairs across it and the pair inside. */
function breaks(outside: readonly string[], inside: string, index: TermIdf, own: string): boolean {
  if (outside.includes('') || !outside.some((pair) => index.idf(pair) < index.idf(inside))) return false;
  const mean = outside.reduce((sum, pair) => sum + bondOf(pair, index), 0) / outside.length;
  return mean > bondOf(inside, index, own);
}

/** Whether two neighbours belong together rather than meet by chance: 高温 is a word, 高钻 is none. */
export function areBound(pair: string, index: TermIdf): boolean {
  return bondOf(pair, index) > CHANCE;
}
/** Characters as common as 高 and 等 meet many others: their words come a little below what chance would say. */
const CHANCE = -0.5;

/**
 * ln p(ab) / (p(a)·p(b)), as p falls like exp(−idf); positive values discounted by df/(df + 1), as a pair of rare characters
 * in one document proves little (Pantel & Lin 2002). A document `own` that holds the pair is not counted.
 */
export function bondOf(pair: string, index: TermIdf, own = ''): number {
  const unseen = index.idf(UNSEEN);
  const rarity = index.idf(pair);
  // (df + ½) / ½ = exp(idf of what no document holds − idf).
  const held = (Math.exp(unseen - rarity) - 1) / 2;
  const documents = Math.max(0, own !== '' && own.includes(pair) ? held - 1 : held);
  const left = unseen - Math.log(2 * documents + 1);
  const information = index.idf(pair.charAt(0)) + index.idf(pair.charAt(1)) - left;
  if (information <= 0) return information;
  return (information * documents) / (documents + 1);
}
