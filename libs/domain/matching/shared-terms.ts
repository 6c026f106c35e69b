import type { LexicalQuery } from './build-query.js';
import { capabilityWords, type CapabilityWords } from './capability-words.js';
import type { TermIdf } from './term-idf.js';
import type { MatchCapability, MatchNeed, NeedField, SharedTerm, TermPosition } from './match-types.js';
import { fieldText, locateTerm, type FieldText } from './locate-term.js';
import { normaliseText, oneNameText } from './normalise-text.js';
import { shownTerm } from './shown-terms.js';
import { blankAllButStarts, blankStopWords, isWordStart } from './stop-words.js';
import { termsNamedIn } from './term-names/term-names.js';
import { runsOf, stem, tokenise } from './tokenise.js';
import { areBound, longestShared, surroundingsIn, trimToWords, type Surroundings } from './whole-words.js';

const TERM_LIMIT = 6;
const LATIN = /^[a-z0-9]+$/;
/** A term below this share of the pair's shared weight is noise to a reader. */
const SHARE_FLOOR = 0.05;
/** Particles that stick to a word's edge when two texts share them too; not where they begin a word, as in 在线. */
const EDGE = /^(?:[的了与和及或之为]|在(?![线位役轨体研制建]))+|[的了与及或之在为]+$/g;

/** What explaining needs of a need, prepared once for all its candidates. */
export interface NeedWords {
  texts: FieldText<NeedField>[];
  /** Han runs without stop words, one a line, to search in. */
  haystack: string;
  /** The normalised texts, one a line, with what a word may begin with left in. */
  context: string;
  /** Stemmed words of other scripts. */
  words: ReadonlySet<string>;
  /** First names of the technical terms that have several. */
  terms: ReadonlySet<string>;
}

export function readNeedWords(need: MatchNeed): NeedWords {
  const texts = [
    fieldText<NeedField>('title', need.title),
    ...need.keywords.map((text, item) => fieldText<NeedField>('keywords', text, item)),
    fieldText<NeedField>('body', need.body),
  ];
  const runs = new Set<string>();
  const words = new Set<string>();
  for (const { text } of texts) {
    for (const run of runsOf(blankStopWords(oneNameText(text)))) {
      if (run.cjk) runs.add(run.text);
      else words.add(stem(run.text));
    }
  }
  const plain = texts.map(({ text }) => oneNameText(text)).join('\n');
  const terms = new Set(termsNamedIn(plain).map(({ name }) => name));
  return { texts, haystack: [...runs].join('\n'), context: blankAllButStarts(plain), words, terms };
}

/** With a character that was cut off it in both texts, where a word begins with that: 温合金 becomes 高温合金. */
function widened(piece: string, around: readonly Surroundings[], index: TermIdf): string {
  const [first] = around;
  const before = first?.before ?? '';
  if (!isWordStart(before) || around.some((place) => place.before !== before)) return piece;
  return areBound(before + piece.charAt(0), index) ? before + piece : piece;
}

/** With the stop words that names of technical terms hold: 车间制造执行 of 车间制造执行系统. */
function withWholeNames(
  piece: string,
  names: readonly string[],
  areShared: (text: string) => boolean,
): string {
  for (const name of names) {
    const rest = blankStopWords(name).trim();
    if (rest === name || rest === '' || !piece.includes(rest)) continue;
    const whole = piece.replace(rest, name);
    if (areShared(whole)) return whole;
  }
  return piece;
}

function candidateTerms(
  { blanked, plain, context, terms: named }: CapabilityWords,
  need: NeedWords,
  index: TermIdf,
): Set<string> {
  const names = [...named].filter((name) => need.terms.has(name));
  const terms = new Set(names);
  const areShared = (text: string) =>
    plain.includes(text) && need.texts.some(({ traced }) => traced.text.includes(text));
  for (const run of runsOf(blanked)) {
    if (!run.cjk) {
      if (run.text.length >= 2 && need.words.has(stem(run.text))) terms.add(run.text);
      continue;
    }
    const there = context.slice(Math.max(0, run.start - 1), run.start + run.text.length + 1);
    for (const piece of longestShared(run.text, need.haystack, index)) {
      const around = [...surroundingsIn(need.context, piece), ...surroundingsIn(there, piece)];
      const whole = widened(piece, around, index);
      const term = whole === piece ? trimToWords(piece, around, index, plain) : whole;
      const shown = term.replace(EDGE, '');
      if (shown.length >= 2) terms.add(withWholeNames(shown, names, areShared));
    }
  }
  return terms;
}

/** With names of technical terms as the need writes them, to be looked up in its query. */
function asAsked(term: string, { texts, terms }: NeedWords): string {
  if (![...terms].some((name) => term.includes(name))) return term;
  const [first] = locateTerm(texts, term);
  const field = texts.find((text) => text.field === first?.field && text.item === first.item);
  return first && field ? normaliseText(field.text.slice(first.start, first.end)) : term;
}

/** Query weight · idf of every n-gram inside the term. */
function creditOf(term: string, query: LexicalQuery, index: TermIdf): number {
  let credit = 0;
  for (const token of new Set(tokenise(term))) credit += (query.get(token) ?? 0) * index.idf(token);
  return credit;
}

interface Credited {
  readonly term: string;
  readonly credit: number;
}

/** Characters beyond the basic plane take two units: 鏻 is 𬭸 in simplified script. */
const isOneCharacter = (term: string): boolean => [...term].length < 2;

/** Terms as they are shown; what falls together with another one, or inside it, adds its credit to that. */
function joined(terms: readonly Credited[], words: NeedWords, texts: CapabilityWords['texts']): Credited[] {
  const shown: { term: string; credit: number }[] = [];
  for (const { term, credit } of terms) {
    const whole = shownTerm(term, words.texts, texts);
    if (whole === null || isOneCharacter(whole)) continue;
    const holder = shown.find((other) => other.term.includes(whole));
    const part = shown.find((other) => whole.includes(other.term));
    if (holder) holder.credit += credit;
    else if (part) Object.assign(part, { term: whole, credit: part.credit + credit });
    else shown.push({ term: whole, credit });
  }
  return shown.sort((a, b) => b.credit - a.credit || (a.term < b.term ? -1 : 1));
}

/**
 * As it is written where it stands first, be it another name of the same; the normalised term where it is not found, or where
 * only a part of such a name is shared.
 */
function spelling<Field extends string>(
  term: string,
  texts: readonly FieldText<Field>[],
  [first]: readonly TermPosition<Field>[],
): string {
  const field = texts.find((text) => text.field === first?.field && text.item === first.item);
  if (!first || !field) return term;
  const written = field.text.slice(first.start, first.end).normalize('NFKC');
  const whole = oneNameText(written);
  const isPart = whole.length > term.length && whole.includes(term) && !LATIN.test(term);
  return isPart && blankStopWords(whole).trim() !== term ? term : written;
}

const lettersOf = (text: string) =>
  runsOf(normaliseText(text))
    .map((run) => (run.cjk ? run.text : stem(run.text)))
    .join('');

/** What the capability's author wrote, where that is another name than the need's author used. */
function otherName(written: string, there: string): Pick<SharedTerm, 'also'> {
  return lettersOf(written) === lettersOf(there) ? {} : { also: there };
}

/**
 * Words shown as shared: longest substrings both texts have, cut to whole words ({@link trimToWords}, {@link shownTerm}),
 * stop words and numbers out, at most six, highest credit first (ties by the term). A term inside a longer shown one is
 * dropped.
 */
export function sharedTerms(
  words: NeedWords,
  capability: MatchCapability,
  query: LexicalQuery,
  index: TermIdf,
): SharedTerm[] {
  const read = capabilityWords(capability);
  const { texts } = read;
  const credited = [...candidateTerms(read, words, index)]
    .map((term) => ({ term, credit: creditOf(asAsked(term, words), query, index) }))
    .sort((a, b) => b.credit - a.credit || (a.term < b.term ? -1 : 1));
  const kept: typeof credited = [];
  for (const item of credited)
    if (item.credit > 0 && !kept.some(({ term }) => term.includes(item.term))) kept.push(item);
  const total = kept.reduce((sum, { credit }) => sum + credit, 0);
  const loud = kept.filter(({ credit }) => credit >= SHARE_FLOOR * total);
  return joined(loud, words, texts)
    .slice(0, TERM_LIMIT)
    .map(({ term, credit }) => {
      const needPositions = locateTerm(words.texts, term);
      const capabilityPositions = locateTerm(texts, term);
      const written = spelling(term, words.texts, needPositions);
      return {
        term: written,
        ...otherName(written, spelling(term, texts, capabilityPositions)),
        share: credit / total,
        fields: [...new Set(capabilityPositions.map(({ field }) => field))],
        needPositions,
        capabilityPositions,
      };
    });
}
