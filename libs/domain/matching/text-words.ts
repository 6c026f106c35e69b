/** Made when first asked: it takes a tenth of a second. */
let segmenter: Intl.Segmenter | undefined;
/** Characters of a clause that are read to either side. */
const REACH = 60;
const HELD = 5000;

/** By the clause: 1 where a word begins or ends. The same clauses are asked for with each candidate of a need. */
const held = new Map<string, Uint8Array>();

/** What follows a word and is no part of it: 片上 in 芯片上 is none, though a word elsewhere. */
const BEHIND = /^[片件器板层管膜池][上下中内后前时]$/;

/** Words that begin with a character the dictionary takes for one of its own. */
const ONE_WORD = /等(?:离子|静压|径角|离激元)/g;

function edgesOf(clause: string): Uint8Array {
  const known = held.get(clause);
  if (known) return known;
  const edges = new Uint8Array(clause.length + 1);
  edges[clause.length] = 1;
  segmenter ??= new Intl.Segmenter('zh', { granularity: 'word' });
  for (const { index } of segmenter.segment(clause)) edges[index] = 1;
  for (const match of clause.matchAll(ONE_WORD))
    edges.fill(0, match.index + 1, match.index + match[0].length);
  for (let at = 3; at <= clause.length; at += 1)
    if (
      edges[at] &&
      !edges[at - 1] &&
      edges[at - 2] &&
      edges[at - 3] &&
      BEHIND.test(clause.slice(at - 2, at))
    ) {
      edges[at - 2] = 0;
      edges[at - 1] = 1;
    }
  if (held.size >= HELD) held.clear();
  held.set(clause, edges);
  return edges;
}

/** The words of a clause in a longer normalised text, as the dictionary of the runtime (ICU) knows them. */
export interface ClauseWords {
  /** Whether a word begins or ends at an offset of the text; always outside the clause. */
  isEdge(at: number): boolean;
  /** Where the word that holds the character at an offset begins. */
  startOf(at: number): number;
  /** Where it ends. */
  endOf(at: number): number;
}

/** Han characters, a–z and digits. */
export function isWordCharacter(char: string): boolean {
  const unit = char.charCodeAt(0);
  if (unit >= 0x3400) return unit <= 0x9fff && (unit <= 0x4dbf || unit >= 0x4e00);
  return (unit >= 0x61 && unit <= 0x7a) || (unit >= 0x30 && unit <= 0x39);
}

/** The words around a stretch of a normalised text. */
export function wordsAround(text: string, from: number, to: number): ClauseWords {
  let start = from;
  let end = to;
  while (start > 0 && from - start < REACH && isWordCharacter(text.charAt(start - 1))) start -= 1;
  while (end < text.length && end - to < REACH && isWordCharacter(text.charAt(end))) end += 1;
  const edges = edgesOf(text.slice(start, end));
  const isEdge = (at: number) => at <= start || at >= end || edges[at - start] === 1;
  return {
    isEdge,
    startOf: (at) => {
      let place = at;
      while (!isEdge(place)) place -= 1;
      return place;
    },
    endOf: (at) => {
      let place = at + 1;
      while (!isEdge(place)) place += 1;
      return place;
    },
  };
}

/** The words of a short text by itself. */
export function wordsOf(text: string): string[] {
  const words = wordsAround(text, 0, text.length);
  const found: string[] = [];
  for (let at = 0; at < text.length; at = words.endOf(at)) found.push(text.slice(at, words.endOf(at)));
  return found;
}
