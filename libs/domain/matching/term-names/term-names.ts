import engineering from './engineering.json' with { type: 'json' };
import life from './life.json' with { type: 'json' };

/**
 * Names of technical terms that mean exactly the same: abbreviations, formulas, English and other Chinese names, written for
 * this platform. The first of a group is the one its others are read as.
 */
export const TERM_GROUPS: readonly (readonly string[])[] = [...engineering, ...life];

/** A stretch of a text that is a name of a term. */
export interface NamedTerm {
  readonly start: number;
  readonly end: number;
  /** The first name of the term. */
  readonly name: string;
  /** What else to look it up by: see {@link otherNamesIn}. */
  readonly others: readonly string[];
}

const HAN = /\p{Script=Han}/u;
/** Names that a use of one is indexed under besides. */
const MOST_OTHERS = 3;

interface Form {
  readonly text: string;
  readonly name: string;
  readonly others: readonly string[];
}

const HALF = 0x10000;
/** By the first two units, the longest first. */
const FORMS = new Map<number, Form[]>();
/** By the first unit: whether any name begins with it. */
const STARTS = new Uint8Array(HALF);

const spelled = (name: string) => name.normalize('NFKC').toLowerCase();
const isWord = (name: string) => /^[a-z0-9]+$/.test(name);
const pairsOf = (name: string) =>
  Array.from({ length: name.length - 1 }, (_, at) => name.slice(at, at + 2)).filter(
    (pair) => !pair.includes(' '),
  );

/** Whether half of a name stands in another one: then either is found by the other without more. */
function isMostlyIn(name: string, other: string): boolean {
  const pairs = pairsOf(name);
  return pairs.filter((pair) => other.includes(pair)).length * 2 >= pairs.length;
}

/** Abbreviations, and Chinese names that have less than half in common with this one. */
function othersOf(text: string, names: readonly string[]): string[] {
  const others: string[] = [];
  for (const name of names) {
    const known = [text, ...others];
    const isNew = isWord(name)
      ? !known.includes(name)
      : HAN.test(name) && !known.some((other) => isMostlyIn(name, other) || isMostlyIn(other, name));
    if (isNew) others.push(name);
  }
  return others.slice(0, MOST_OTHERS);
}

for (const group of TERM_GROUPS) {
  const names = group.map(spelled);
  for (const text of names) {
    const key = text.charCodeAt(0) * HALF + text.charCodeAt(1);
    STARTS[text.charCodeAt(0)] = 1;
    FORMS.set(key, [...(FORMS.get(key) ?? []), { text, name: names[0]!, others: othersOf(text, names) }]);
  }
}
for (const forms of FORMS.values()) forms.sort((a, b) => b.text.length - a.text.length);

/** a–z and 0–9: a name that begins or ends with one begins or ends a word. */
function isLatin(unit: number): boolean {
  return (unit >= 0x61 && unit <= 0x7a) || (unit >= 0x30 && unit <= 0x39);
}

const BLANK = 0x20;
const HYPHEN = 0x2d;
const PLURAL = 0x73;

/** Where a form that begins at `start` ends, a plural s counted with it; −1 where the text says something else. */
function endOf(text: string, start: number, form: string): number {
  if (start + form.length > text.length) return -1;
  for (let at = 2; at < form.length; at += 1) {
    const wanted = form.charCodeAt(at);
    const unit = text.charCodeAt(start + at);
    if (unit !== wanted && !(wanted === BLANK && unit === HYPHEN)) return -1;
  }
  const end = start + form.length;
  if (!isLatin(form.charCodeAt(form.length - 1)) || !isLatin(text.charCodeAt(end))) return end;
  return text.charCodeAt(end) === PLURAL && !isLatin(text.charCodeAt(end + 1)) ? end + 1 : -1;
}

/**
 * Names of terms in a text of lower case and simplified characters, from left to right the longest each. Names of Latin
 * letters stand alone there; a hyphen may stand for a blank.
 */
export function termsNamedIn(text: string): NamedTerm[] {
  const found: NamedTerm[] = [];
  for (let at = 0; at + 1 < text.length;) {
    const unit = text.charCodeAt(at);
    let next = at + 1;
    if (STARTS[unit] && !(isLatin(unit) && at > 0 && isLatin(text.charCodeAt(at - 1))))
      for (const { text: form, name, others } of FORMS.get(unit * HALF + text.charCodeAt(at + 1)) ?? []) {
        const end = endOf(text, at, form);
        if (end < 0) continue;
        found.push({ start: at, end, name, others });
        next = end;
        break;
      }
    at = next;
  }
  return found;
}

/** The text with the first name for each term. */
export function withFirstNames(text: string): string {
  let result = '';
  let copied = 0;
  for (const { start, end, name } of termsNamedIn(text)) {
    result += text.slice(copied, start) + name;
    copied = end;
  }
  return copied === 0 ? text : result + text.slice(copied);
}

/**
 * What a normalised text is to be found by besides its own words: abbreviations of the terms it names, and their names that
 * are written otherwise; each once, parted by lines.
 */
export function otherNamesIn(text: string): string {
  return [...new Set(termsNamedIn(text).flatMap(({ others }) => others))].join('\n');
}
