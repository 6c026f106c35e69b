import type { TermPosition } from './match-types.js';
import { originOf, originOfEnd, traceText, type TracedText } from './normalise-text.js';
import { stem } from './tokenise.js';

export interface FieldText<Field extends string> {
  field: Field;
  item: number;
  text: string;
  traced: TracedText;
}

export function fieldText<Field extends string>(field: Field, text: string, item = 0): FieldText<Field> {
  return { field, item, text, traced: traceText(text) };
}

/** A reader needs a few places to look at, not all of a long text. */
const POSITION_LIMIT = 5;
const LATIN = /^[a-z0-9]+$/;

/** Offsets in the normalised text. A word of Latin letters must stand alone (a plural s is allowed). */
function* occurrences(text: string, term: string): Generator<[start: number, end: number]> {
  if (LATIN.test(term)) {
    const wanted = stem(term);
    for (const match of text.matchAll(/[a-z0-9]+/g))
      if (stem(match[0]) === wanted) yield [match.index, match.index + match[0].length];
    return;
  }
  for (let at = text.indexOf(term); at >= 0; at = text.indexOf(term, at + term.length))
    yield [at, at + term.length];
}

/** Where a normalised term stands in texts as they were written; the first five places, in the texts' order. */
export function locateTerm<Field extends string>(
  texts: readonly FieldText<Field>[],
  term: string,
): TermPosition<Field>[] {
  const positions: TermPosition<Field>[] = [];
  for (const { field, item, traced } of texts) {
    for (const [from, to] of occurrences(traced.text, term)) {
      if (positions.length === POSITION_LIMIT) return positions;
      positions.push({ field, item, start: originOf(traced, from), end: originOfEnd(traced, to) });
    }
  }
  return positions;
}
