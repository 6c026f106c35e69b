import { isLooseEnd, isSuffix, saysNothing } from './empty-words.js';
import type { FieldText } from './locate-term.js';
import { isWordStart } from './stop-words.js';
import { type ClauseWords, isWordCharacter, wordsAround } from './text-words.js';

/** Places of a term that are looked at in each of the two texts. */
const MOST_PLACES = 2;
/** A word is not longer. */
const REACH = 8;
const LATIN_REACH = 20;
const HAN = /^\p{Script=Han}+$/u;
const COMPOUND = /[a-z0-9]+(?:[.-][a-z0-9]+)*/g;
const LATIN_BEFORE = /(?:^|[^a-z0-9.-])((?:[a-z0-9.]+-)*[a-z0-9.]*[a-z][a-z0-9]*)$/;

interface Place {
  readonly text: string;
  readonly at: number;
  readonly words: ClauseWords;
}

type Texts = readonly Pick<FieldText<string>, 'traced'>[];

function placesOf(texts: Texts, term: string): Place[] {
  const places: Place[] = [];
  for (const { traced } of texts) {
    const { text } = traced;
    for (let at = text.indexOf(term); at >= 0; at = text.indexOf(term, at + term.length)) {
      places.push({ text, at, words: wordsAround(text, at, at + term.length) });
      if (places.length === MOST_PLACES) return places;
    }
  }
  return places;
}

/** How many characters before (−1) or behind (1) two offsets are the same. */
function agreeing(a: Place, b: Place, from: number, step: -1 | 1): number {
  const place = (count: number) => (step < 0 ? from - 1 - count : from + count);
  let count = 0;
  for (; count < REACH; count += 1) {
    const char = a.text.charAt(a.at + place(count));
    if (!isWordCharacter(char) || char !== b.text.charAt(b.at + place(count))) break;
  }
  return count;
}

const NOUN_END = /[片件器板层管膜池机仪]/;

type Ends = 'starts' | 'ends';

/** Whether a word begins, or ends, at an offset from the term's start in a place. */
const isCut = ({ words, at }: Place, offset: number): boolean => words.isEdge(at + offset);

/** Whether it is a word of two characters or more: those that the dictionary does not know stand as single ones. */
function isKnown({ words, at }: Place, offset: number, side: Ends): boolean {
  const place = at + offset;
  if (!words.isEdge(place)) return false;
  return side === 'starts' ? words.endOf(place) - place >= 2 : place - words.startOf(place - 1) >= 2;
}

/**
 * Where a term is cut whose end lies inside different words of the two texts: nowhere where it is a known word in one of
 * them, otherwise at the first of the inner offsets where both texts have words that end there; null where there is none.
 */
function cutInside(a: Place, b: Place, edge: number, inner: readonly number[], side: Ends): number | null {
  if (isKnown(a, edge, side) || isKnown(b, edge, side)) return edge;
  const common = inner.find((offset) => isCut(a, offset) && isCut(b, offset));
  // 片精密模压 of 镜片精密模压 and 球面镜片精密模压: what is left of the word that was cut.
  if (common !== undefined && side === 'starts' && NOUN_END.test(a.text.charAt(a.at + common)))
    return isKnown(a, common + 1, side) && isKnown(b, common + 1, side) ? common + 1 : common;
  return common ?? (isCut(a, edge) || isCut(b, edge) ? edge : null);
}

const range = (from: number, to: number): number[] =>
  Array.from({ length: Math.max(0, to - from) }, (_, at) => from + at);

/** Where a term that both places have begins when it is made whole: before it, at it or inside; null where nowhere. */
function wholeStart(a: Place, b: Place, length: number): number | null {
  const common = -agreeing(a, b, 0, -1);
  const start = Math.min(a.words.startOf(a.at) - a.at, b.words.startOf(b.at) - b.at);
  if (start < 0 && start >= common) return start;
  if (start < 0) return cutInside(a, b, 0, range(1, length - 1), 'starts');
  const before = a.text.charAt(a.at - 1);
  return common < 0 && before !== '等' && isWordStart(before) && isCut(a, -1) && isCut(b, -1) ? -1 : 0;
}

/** The same of the end. */
function wholeEnd(a: Place, b: Place, from: number, length: number): number | null {
  const common = length + agreeing(a, b, length, 1);
  const last = length - 1;
  const end = Math.max(a.words.endOf(a.at + last) - a.at, b.words.endOf(b.at + last) - b.at);
  if (end <= common) return end;
  return cutInside(a, b, length, range(Math.max(from, 0) + 2, length).toReversed(), 'ends');
}

/** Without particles at its ends, as long as something is left. */
function withoutLooseEnds({ text, words }: Place, from: number, to: number): [number, number] {
  let start = from;
  let end = to;
  for (let next = words.endOf(start); end - next >= 2; next = words.endOf(start)) {
    const word = text.slice(start, next);
    const isRest = isSuffix(word) && isWordCharacter(text.charAt(start - 1));
    if (!isLooseEnd(word) && !isRest) break;
    start = next;
  }
  for (let next = words.startOf(end - 1); next - start >= 2; next = words.startOf(end - 1)) {
    if (!isLooseEnd(text.slice(next, end))) break;
    end = next;
  }
  return [start, end];
}

/** A word of Latin letters that both texts write right before it: 3d before 打印. */
function latinBefore(a: Place, b: Place, from: number): string {
  const before = ({ text, at }: Place) =>
    LATIN_BEFORE.exec(text.slice(Math.max(0, at + from - LATIN_REACH), at + from))?.[1] ?? '';
  const word = before(a);
  return word.length >= 2 && word.length < LATIN_REACH && word === before(b) ? word : '';
}

function wholeAt(a: Place, b: Place, length: number): string | null {
  const start = wholeStart(a, b, length);
  const end = start === null ? null : wholeEnd(a, b, start, length);
  if (start === null || end === null || end - start < 2) return null;
  const [from, to] = withoutLooseEnds(a, a.at + start, a.at + end);
  if (to - from < 2) return null;
  const joined = from === a.at + start ? latinBefore(a, b, start) : '';
  // 型瓶 of III型瓶 and IV型瓶: what says which is not the same.
  if (joined === '' && to - from === 2 && a.text.charAt(from) === '型' && a.words.isEdge(from + 1))
    return null;
  return joined + a.text.slice(from, to);
}

/** A Latin word with what both texts write it together with: pm2.5 for pm2. */
function compoundOf(term: string, needTexts: Texts, capabilityTexts: Texts): string {
  const compounds = (texts: Texts) => texts.flatMap(({ traced }) => traced.text.match(COMPOUND) ?? []);
  const others = new Set(compounds(capabilityTexts));
  const parts = (word: string) => word.split(/[.-]/);
  const shared = compounds(needTexts).find((word) => parts(word).includes(term) && others.has(word));
  return shared ?? term;
}

/**
 * A term that two texts share as a reader would write it: broken words at its ends are completed where both texts go on
 * alike, otherwise left out; null when nothing is left that says anything. It stands in both texts.
 */
export function shownTerm(term: string, needTexts: Texts, capabilityTexts: Texts): string | null {
  if (saysNothing(term)) return null;
  if (!HAN.test(term)) return compoundOf(term, needTexts, capabilityTexts);
  let best: string | null = null;
  const there = placesOf(capabilityTexts, term);
  for (const place of placesOf(needTexts, term))
    for (const other of there) {
      const whole = wholeAt(place, other, term.length);
      if (whole !== null && !saysNothing(whole) && whole.length > (best?.length ?? 0)) best = whole;
    }
  return best;
}
