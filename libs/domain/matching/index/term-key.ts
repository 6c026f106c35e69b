import { stem } from '../tokenise.js';

/** Called once per token of a text. */
export type TermVisitor = (key: number) => void;

const PAIR = 2 ** 21;
const WORD = 2 ** 52;
const HALF = 2 ** 32;

/** Whether a key is that of two neighbouring Han characters. */
export function isPairKey(key: number): boolean {
  return key >= PAIR && key < WORD;
}

const OTHER = 0;
const HAN = 1;
const LETTER = 2;
const HIGH_SURROGATE = 3;

/** Kind of each UTF-16 unit, by the same ranges as the tokeniser's. */
const KINDS = new Uint8Array(0x10000)
  .fill(HAN, 0x3400, 0x4dc0)
  .fill(HAN, 0x4e00, 0xa000)
  .fill(LETTER, 0x61, 0x7b)
  .fill(LETTER, 0x30, 0x3a)
  .fill(LETTER, 0xdf, 0x250)
  .fill(LETTER, 0x370, 0x500)
  .fill(HIGH_SURROGATE, 0xd840, 0xd889);

const isRareHan = (code: number) => code >= 0x20000 && code <= 0x323af;

/** 52 bits of two multiplicative hashes over the UTF-16 units, above every key of Han characters. */
function wordKey(word: string): number {
  let low = 0x811c9dc5;
  let high = 0x9747b28c;
  for (let at = 0; at < word.length; at += 1) {
    const unit = word.charCodeAt(at);
    low = Math.imul(low ^ unit, 0x01000193);
    high = Math.imul(high ^ unit, 0x5bd1e995);
    high ^= high >>> 15;
  }
  low = Math.imul(low ^ (low >>> 16), 0x85ebca6b);
  return WORD + ((high ^ (high >>> 12)) & 0xfffff) * HALF + ((low ^ (low >>> 13)) >>> 0);
}

/**
 * A token of {@link tokenise} as a positive integer below 2^53. One or two Han characters are coded directly (no
 * collisions); words of other scripts by a 52-bit hash (10^6 distinct words collide with probability 10^-4).
 */
export function termKey(token: string): number {
  const first = token.codePointAt(0) ?? 0;
  if (KINDS[first] !== HAN && !isRareHan(first)) return wordKey(token);
  const width = first > 0xffff ? 2 : 1;
  const second = token.codePointAt(width);
  if (second === undefined) return first;
  const end = width + (second > 0xffff ? 2 : 1);
  return end === token.length ? first * PAIR + second : wordKey(token);
}

/** Visits the keys of all tokens of a normalised text without making strings of the Han ones. Order: pair, then its end. */
export function eachTerm(normalised: string, visit: TermVisitor): void {
  let previous = 0;
  let at = 0;
  while (at < normalised.length) {
    let code = normalised.charCodeAt(at);
    let kind = KINDS[code]!;
    let width = 1;
    if (kind === HIGH_SURROGATE) {
      code = normalised.codePointAt(at)!;
      kind = isRareHan(code) ? HAN : OTHER;
      width = code > 0xffff ? 2 : 1;
    }
    if (kind === HAN) {
      if (previous !== 0) visit(previous * PAIR + code);
      visit(code);
      previous = code;
      at += width;
      continue;
    }
    previous = 0;
    if (kind === LETTER) {
      let end = at + 1;
      while (end < normalised.length && KINDS[normalised.charCodeAt(end)] === LETTER) end += 1;
      visit(wordKey(stem(normalised.slice(at, end))));
      at = end;
    } else at += width;
  }
}
