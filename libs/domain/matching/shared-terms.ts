import type { LexicalQuery } from './build-query.js';
import { capabilityWords } from './capability-words.js';
import type { TermIdf } from './term-idf.js';
import type { MatchCapability, MatchNeed, NeedField, SharedTerm } from './match-types.js';
import { fieldText, locateTerm, type FieldText } from './locate-term.js';
import { normaliseText } from './normalise-text.js';
import { blankStopWords } from './stop-words.js';
import { runsOf, stem, tokenise } from './tokenise.js';
import { surroundingsIn, trimToWords } from './whole-words.js';

const TERM_LIMIT = 6;
/** A term below this share of the pair's shared weight is noise to a reader. */
const SHARE_FLOOR = 0.05;
/** Particles that stick to a word's edge when two texts share them too. */
const EDGE = /^[的了与和及或之在为]+|[的了与及或之在为]+$/g;

/** What explaining needs of a need, prepared once for all its candidates. */
export interface NeedWords {
  texts: FieldText<NeedField>[];
  /** Han runs without stop words, one a line, to search in. */
  haystack: string;
  /** Stemmed words of other scripts. */
  words: ReadonlySet<string>;
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
    for (const run of runsOf(blankStopWords(normaliseText(text)))) {
      if (run.cjk) runs.add(run.text);
      else words.add(stem(run.text));
    }
  }
  return { texts, haystack: [...runs].join('\n'), words };
}

/** Greedy longest substrings (two characters or more) of a Han run that stand in one of the need's runs. */
function sharedSubstrings(run: string, need: NeedWords): string[] {
  const found: string[] = [];
  let at = 0;
  while (at + 2 <= run.length) {
    let end = at + 1;
    while (end < run.length && need.haystack.includes(run.slice(at, end + 1))) end += 1;
    if (end - at >= 2) {
      found.push(run.slice(at, end));
      at = end;
    } else at += 1;
  }
  return found;
}

function candidateTerms(blanked: string, need: NeedWords, index: TermIdf): Set<string> {
  const terms = new Set<string>();
  for (const run of runsOf(blanked)) {
    if (!run.cjk) {
      if (run.text.length >= 2 && need.words.has(stem(run.text))) terms.add(run.text);
      continue;
    }
    for (const term of sharedSubstrings(run.text, need)) {
      const around = [...surroundingsIn(need.haystack, term), ...surroundingsIn(run.text, term)];
      const trimmed = trimToWords(term, around, index).replace(EDGE, '');
      if (trimmed.length >= 2) terms.add(trimmed);
    }
  }
  return terms;
}

/** Query weight · idf of every n-gram inside the term. */
function creditOf(term: string, query: LexicalQuery, index: TermIdf): number {
  let credit = 0;
  for (const token of new Set(tokenise(term))) credit += (query.get(token) ?? 0) * index.idf(token);
  return credit;
}

/**
 * Words shown as shared: longest substrings both texts have, cut to whole words ({@link trimToWords}), stop words out, at most six, highest credit first (ties by
 * the term). A term inside a longer shown one is dropped.
 */
export function sharedTerms(
  words: NeedWords,
  capability: MatchCapability,
  query: LexicalQuery,
  index: TermIdf,
): SharedTerm[] {
  const { texts, blanked } = capabilityWords(capability);
  const credited = [...candidateTerms(blanked, words, index)]
    .map((term) => ({ term, credit: creditOf(term, query, index) }))
    .sort((a, b) => b.credit - a.credit || (a.term < b.term ? -1 : 1));
  const kept: typeof credited = [];
  for (const item of credited)
    if (item.credit > 0 && !kept.some(({ term }) => term.includes(item.term))) kept.push(item);
  const total = kept.reduce((sum, { credit }) => sum + credit, 0);
  return kept
    .filter(({ credit }) => credit >= SHARE_FLOOR * total)
    .slice(0, TERM_LIMIT)
    .map(({ term, credit }) => {
      const capabilityPositions = locateTerm(texts, term);
      return {
        term,
        share: credit / total,
        fields: [...new Set(capabilityPositions.map(({ field }) => field))],
        needPositions: locateTerm(words.texts, term),
        capabilityPositions,
      };
    });
}
