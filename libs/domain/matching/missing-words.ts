import { blankStopWords, isWordStart } from './stop-words.js';
import type { TermIdf } from './term-idf.js';
import { type ClauseWords, wordsAround } from './text-words.js';
import { runsOf } from './tokenise.js';
import { bondOf } from './whole-words.js';

const HAN = /^\p{Script=Han}$/u;
const COMPOUND = /[a-z0-9]+(?:[.-][a-z0-9]+)*/g;
/** What a longer word may end with though its sense is that of what comes before: 检测仪, 检测. */
const SUFFIX = /[仪器机性化率度剂法型体物品件类式系]/;
/** What ends a word with what comes before: 无人机, 污水厂. */
const TAIL = /[机器仪厂站塔池罐艇]/;
/** What begins a word with what follows, though the dictionary may not know it: 无传感器, 超精密, 大模型. */
const PREFIX = /[无非不超高低多双单大小微]/;
/** A number of what follows, and no end of what comes before: 电动 and not 电动七 of 电动七功能. */
const COUNT = /[一二三四五六七八九十两]/;
/** Words that stand between others. */
const PARTICLES = new Set('的 了 与 和 及 或 之 为 且 并 其 该 以 于 而 以上 以下 以内 一次 国产'.split(' '));
/** No broken word reaches farther. */
const REACH = 4;

/** What a text is searched for: whether it has a stretch of Han characters, or a word of other scripts. */
export interface Holder {
  holds(stretch: string): boolean;
  hasWord(word: string): boolean;
}

/** A stretch of a text by its offsets. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** A text with what is known of it, to make stretches of it whole. */
interface Read {
  readonly other: Holder;
  readonly text: string;
  readonly blanked: string;
  readonly words: ClauseWords;
  readonly index: TermIdf;
}

/** Marks the characters of Han runs that lie in no pair of neighbours the other text has, and words it does not have. */
function markMissing(blanked: string, other: Holder): Uint8Array {
  const missing = new Uint8Array(blanked.length);
  for (const { text, cjk, start } of runsOf(blanked)) {
    if (!cjk) {
      if (text.length >= 2 && !other.hasWord(text)) missing.fill(1, start, start + text.length);
      continue;
    }
    missing.fill(1, start, start + text.length);
    for (let at = 0; at + 2 <= text.length; at += 1)
      if (other.holds(text.slice(at, at + 2))) missing.fill(0, start + at, start + at + 2);
  }
  return missing;
}

/**
 * Words as wholes: one that the other text has is not missing, though its neighbours are; one that it does not have is
 * missing as a whole when a part is, or when it begins with a character that is left out of queries (高压), but for a
 * suffix alone: 检测仪 where the other text has 检测.
 */
function markWholeWords({ text, blanked, words, other }: Read, missing: Uint8Array): void {
  for (let start = 0; start < text.length; start = words.endOf(start)) {
    const end = words.endOf(start);
    if (end - start < 2 || !HAN.test(text.charAt(start))) continue;
    const first = start + missing.subarray(start, end).indexOf(1);
    const isPart = first >= start;
    const isCut = isWordStart(text.charAt(start)) && !blanked.slice(start + 1, end).includes(' ');
    if (!isPart && !isCut) continue;
    const word = text.slice(start, end);
    if (other.holds(word)) missing.fill(0, start, end);
    else if (isPart && first === end - 1 && SUFFIX.test(word.slice(-1)) && other.holds(word.slice(0, -1)))
      missing[first] = 0;
    else missing.fill(1, start, end);
  }
}

function stretchesOf(missing: Uint8Array): Stretch[] {
  const found: Stretch[] = [];
  for (let start = missing.indexOf(1); start >= 0;) {
    const next = missing.indexOf(0, start);
    const end = next < 0 ? missing.length : next;
    found.push({ start, end });
    start = missing.indexOf(1, end);
  }
  return found;
}

/** How strongly the characters at the two sides of an offset hold together: a word of the dictionary more than any. */
function bondAt({ text, blanked, words, index }: Read, at: number): number {
  const before = at - 1;
  if (!HAN.test(text.charAt(before)) || !HAN.test(text.charAt(at))) return Number.NEGATIVE_INFINITY;
  if (!words.isEdge(at)) return Number.POSITIVE_INFINITY;
  if (PREFIX.test(text.charAt(at)) && words.endOf(at) === at + 1) return Number.NEGATIVE_INFINITY;
  const known = words.endOf(at) - at >= 2 && at - words.startOf(before) >= 2;
  if (known || blanked.charAt(before) === ' ' || blanked.charAt(at) === ' ') return Number.NEGATIVE_INFINITY;
  return bondOf(text.slice(before, at + 1), index);
}

/** From an end outwards to where the bond is weaker than the bonds to both sides of it; the end itself where there is none. */
function weakest(read: Read, from: number, step: -1 | 1): number {
  const limit = from + step * REACH;
  for (let at = from; at !== limit; at += step) {
    const bond = bondAt(read, at);
    if (bond === Number.NEGATIVE_INFINITY) return at;
    if (bond <= bondAt(read, at - step) && bond <= bondAt(read, at + step)) return at;
  }
  return from;
}

/** A single character of Han makes another word of what is behind it, as 钛 of 合金; otherwise nothing can be said of it. */
function wholeCharacter(read: Read, { start, end }: Stretch): Stretch | null {
  const { text, words } = read;
  if (/[\p{Script=Han}0-9]/u.test(text.charAt(start - 1)) || !HAN.test(text.charAt(end))) return null;
  const next = words.endOf(end);
  const isBound =
    next - end >= 2 || PREFIX.test(text.charAt(start)) || bondAt(read, end) > bondAt(read, next);
  if (!isBound) return null;
  return { start, end: words.endOf(next) - next >= 2 ? next : weakest(read, next, 1) };
}

function wholeStart(read: Read, from: number): number {
  const { text, words, other } = read;
  if (words.endOf(from) > from + 1) return from;
  if (TAIL.test(text.charAt(from)) && HAN.test(text.charAt(from - 1))) return words.startOf(from - 1);
  const start = weakest(read, from, -1);
  // 组件隐裂 where the other text has 组件: 件隐裂 is no word.
  return start === from - 1 && other.holds(text.slice(start - 1, from)) ? from : start;
}

function wholeEnd(read: Read, end: number): number {
  const { text, words, other } = read;
  const last = text.charAt(end - 1);
  if (!HAN.test(last) || words.startOf(end - 1) < end - 1) return end;
  if (COUNT.test(last) && HAN.test(text.charAt(end))) return end - 1;
  if (!PREFIX.test(last) || !HAN.test(text.charAt(end))) {
    const next = weakest(read, end, 1);
    // 低碱短流程 where the other text has 短流程: 低碱短 is no word.
    return next === end + 1 && other.holds(text.slice(end, next + 1)) ? end : next;
  }
  const next = words.endOf(end);
  return next === end + 1 ? weakest(read, next, 1) : next;
}

/** With what else belongs to the words at its ends. */
function whole(read: Read, stretch: Stretch): Stretch | null {
  const { text, words } = read;
  const { start: from, end: to } = stretch;
  if (!HAN.test(text.charAt(from))) return { start: from, end: wholeEnd(read, to) };
  if (to - from === 1) return wholeCharacter(read, stretch);
  let start = wholeStart(read, from);
  const before = text.charAt(start - 1);
  if (before !== '等' && isWordStart(before) && words.isEdge(start - 1)) start -= 1;
  while (/[0-9.]/.test(text.charAt(start - 1))) start -= 1;
  return { start, end: wholeEnd(read, to) };
}

const UNIT = /[a-zμω℃°%‰]/;

/** Without a number whose unit stands behind it (电站570 of 电站570℃) and without what ends or leads on from the word before. */
function withoutRests({ text, words }: Read, { start, end }: Stretch): Stretch {
  const number = /(?<=\p{Script=Han})[0-9.]+$/u.exec(text.slice(start, end));
  const isRest =
    words.endOf(start) === start + 1 &&
    ((text.charAt(start) === '用' && HAN.test(text.charAt(start - 1))) ||
      (text.charAt(start) === '型' && /[a-z0-9]/.test(text.charAt(start - 1))));
  const isCut = number !== null && UNIT.test(text.charAt(end));
  return { start: isRest ? start + 1 : start, end: isCut ? end - number[0].length : end };
}

/** Parts between particles, without particles at their ends. */
function withoutParticles(words: ClauseWords, text: string, { start, end }: Stretch): Stretch[] {
  const parts: Stretch[] = [];
  let from = start;
  for (let at = start; at < end;) {
    const next = Math.min(end, words.endOf(at));
    if (PARTICLES.has(text.slice(at, next))) {
      if (at > from) parts.push({ start: from, end: at });
      from = next;
    }
    at = next;
  }
  if (end > from) parts.push({ start: from, end });
  return parts;
}

/** Latin words with what they are written together with: pm2.5 for pm2. */
function withCompounds(text: string, missing: Uint8Array, other: Holder): void {
  for (const match of text.matchAll(COMPOUND)) {
    const end = match.index + match[0].length;
    if (missing.subarray(match.index, end).includes(1))
      missing.fill(other.holds(match[0]) ? 0 : 1, match.index, end);
  }
}

/** Stretches of a normalised text that say what another text does not, as whole words. */
export function missingStretches(text: string, other: Holder, index: TermIdf): Stretch[] {
  const blanked = blankStopWords(text);
  const missing = markMissing(blanked, other);
  const words = wordsAround(text, 0, text.length);
  const read = { text, blanked, words, index, other };
  markWholeWords(read, missing);
  withCompounds(text, missing, other);
  return stretchesOf(missing)
    .flatMap((stretch) => whole(read, stretch) ?? [])
    .map((stretch) => withoutRests(read, stretch))
    .flatMap((stretch) => withoutParticles(words, text, stretch))
    .filter(({ start, end }) => {
      const term = text.slice(start, end);
      return [...term].length >= 2 && !(/\p{Script=Han}/u.test(term) && other.holds(term));
    });
}
