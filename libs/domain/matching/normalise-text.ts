import { Converter } from 'opencc-js/t2cn';
import { stripMarkup } from './strip-markup.js';
import { termsNamedIn, withFirstNames } from './term-names/term-names.js';

const ENTITIES: Readonly<Record<string, string>> = {
  '&nbsp;': ' ',
  '&lt;': '<',
  '&gt;': '>',
  '&amp;': '&',
  '&quot;': '"',
};

let converter: ((text: string) => string) | undefined;
/** Per UTF-16 unit: 0 not asked yet, 1 stays, 2 changes when converted to simplified characters. */
const changes = new Uint8Array(0x10000);

/** Builds the dictionary at the first traditional text only (about 20 ms). */
function convert(text: string): string {
  const convertText: (text: string) => string = converter ?? Converter({ from: 't', to: 'cn' });
  converter = convertText;
  return convertText(text);
}

function holdsTraditional(text: string): boolean {
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit < 0x3400) continue;
    if (changes[unit] === 0) {
      const char = text.charAt(at);
      changes[unit] = convert(char) === char ? 1 : 2;
    }
    if (changes[unit] === 2) return true;
  }
  return false;
}

/** Traditional to simplified characters (OpenCC's dictionary); simplified text is returned as it is. */
export function toSimplified(text: string): string {
  return holdsTraditional(text) ? convert(text) : text;
}

/** Without mark-up and with the characters that entities stand for. */
export function plainText(text: string): string {
  return stripMarkup(text).replace(/&(?:nbsp|lt|gt|amp|quot);/g, (name) => ENTITIES[name] ?? ' ');
}

/** NFKC, without mark-up, simplified characters, lower case: the one spelling texts are compared in. */
export function normaliseText(text: string): string {
  return toSimplified(plainText(text).normalize('NFKC')).toLowerCase();
}

/** Normalised, and with the first name for each technical term that has several: what is shown as shared is looked for in it. */
export function oneNameText(text: string): string {
  return withFirstNames(normaliseText(text));
}

/** Normalised character by character and term by term ({@link oneNameText}), so that every unit of `text` knows where it stood in the original. */
export interface TracedText {
  text: string;
  /**
   * UTF-16 offset in the original for each unit of `text`, and the original's length at the end; null when every offset
   * is the same in both.
   */
  origins: readonly number[] | null;
}

const UNKNOWN = 0;
const NOT_ONE_UNIT = -1;
/** Per UTF-16 unit: the unit it is normalised to. */
const normalisedUnits = new Int32Array(0x10000);

const normaliseCharacter = (char: string) => toSimplified(char.normalize('NFKC')).toLowerCase();

function normalisedUnit(unit: number): number {
  const known = normalisedUnits[unit]!;
  if (known !== UNKNOWN) return known;
  const mapped = normaliseCharacter(String.fromCharCode(unit));
  const alone = mapped.length === 1 && (unit < 0xd800 || unit > 0xdfff);
  return (normalisedUnits[unit] = alone ? mapped.charCodeAt(0) || NOT_ONE_UNIT : NOT_ONE_UNIT);
}

/** The text when each of its units becomes one unit, as nearly always; otherwise null. */
function traceUnits(original: string): TracedText | null {
  let text = '';
  let copied = 0;
  for (let at = 0; at < original.length; at += 1) {
    const unit = original.charCodeAt(at);
    const mapped = normalisedUnit(unit);
    if (mapped === unit) continue;
    if (mapped === NOT_ONE_UNIT) return null;
    text += original.slice(copied, at) + String.fromCharCode(mapped);
    copied = at + 1;
  }
  return { text: copied === 0 ? original : text + original.slice(copied), origins: null };
}

export function traceText(original: string): TracedText {
  return traceNames(traceUnits(original) ?? traceCharacters(original));
}

function traceCharacters(original: string): TracedText {
  let text = '';
  const origins: number[] = [];
  let at = 0;
  for (const char of original) {
    const mapped = normaliseCharacter(char);
    for (let unit = 0; unit < mapped.length; unit += 1) origins.push(at);
    text += mapped;
    at += char.length;
  }
  origins.push(at);
  return { text, origins };
}

/** With the first name for each term: all of it stands where the other name began. */
function traceNames(traced: TracedText): TracedText {
  const names = termsNamedIn(traced.text).filter(
    ({ start, end, name }) => traced.text.slice(start, end) !== name,
  );
  if (names.length === 0) return traced;
  let text = '';
  const origins: number[] = [];
  let copied = 0;
  const copy = (until: number) => {
    for (let at = copied; at < until; at += 1) origins.push(originOf(traced, at));
    text += traced.text.slice(copied, until);
  };
  for (const { start, end, name } of names) {
    copy(start);
    for (let unit = 0; unit < name.length; unit += 1) origins.push(originOf(traced, start));
    text += name;
    copied = end;
  }
  copy(traced.text.length);
  origins.push(originOf(traced, traced.text.length));
  return { text, origins };
}

/** Where the unit at `at` of a traced text, or its end, stood in the original. */
export function originOf({ origins, text }: TracedText, at: number): number {
  return origins === null ? Math.min(at, text.length) : (origins[at] ?? origins.at(-1) ?? 0);
}

/** Where a stretch that ends before `at` ends in the original: behind all that its last unit stands for. */
export function originOfEnd(traced: TracedText, at: number): number {
  const { origins } = traced;
  if (origins === null || at === 0) return originOf(traced, at);
  let end = at;
  while (end < origins.length - 1 && origins[end] === origins[at - 1]) end += 1;
  return originOf(traced, end);
}
