import type { LexicalQuery } from './build-query.js';
import { capabilityWords } from './capability-words.js';
import type { TermIdf } from './term-idf.js';
import type { MatchCapability, MatchNeed } from './match-types.js';
import { normaliseText } from './normalise-text.js';
import { blankStopWords } from './stop-words.js';
import { runsOf, stem, tokenise } from './tokenise.js';

const TERM_LIMIT = 6;

/** Stretches of a Han run none of whose characters lie in a pair of neighbours the capability has. */
function uncoveredStretches(run: string, has: (token: string) => boolean): string[] {
  const covered = Array.from({ length: run.length }, () => false);
  for (let at = 0; at + 2 <= run.length; at += 1)
    if (has(run.slice(at, at + 2))) covered.fill(true, at, at + 2);
  const marked = [...covered].map((is, at) => (is ? ' ' : run.charAt(at))).join('');
  return marked.split(' ').filter((part) => part.length >= 2);
}

/** Stems of the words that are not Han. */
function stemsOf(normalised: string): Set<string> {
  return new Set(runsOf(normalised).flatMap(({ text, cjk }) => (cjk ? [] : [stem(text)])));
}

/**
 * Words of the need's title and keywords that the capability does not have: at most six, none inside another, heaviest
 * first.
 */
export function uncoveredTerms(
  need: MatchNeed,
  capability: MatchCapability,
  query: LexicalQuery,
  index: TermIdf,
): string[] {
  const { plain } = capabilityWords(capability);
  let words: ReadonlySet<string> | undefined;
  const hasWord = (word: string) => (words ??= stemsOf(plain)).has(stem(word));
  const terms = new Set<string>();
  for (const text of [need.title, ...need.keywords]) {
    for (const run of runsOf(blankStopWords(normaliseText(text)))) {
      if (run.cjk)
        for (const part of uncoveredStretches(run.text, (pair) => plain.includes(pair))) terms.add(part);
      else if (run.text.length >= 2 && !hasWord(run.text)) terms.add(run.text);
    }
  }
  const massOf = (term: string) =>
    tokenise(term).reduce((sum, token) => sum + (query.get(token) ?? 0) * index.idf(token), 0);
  const parts = [...terms];
  return parts
    .filter((term) => !parts.some((other) => other !== term && other.includes(term)))
    .map((term) => ({ term, mass: massOf(term) }))
    .sort((a, b) => b.mass - a.mass || (a.term < b.term ? -1 : 1))
    .slice(0, TERM_LIMIT)
    .map(({ term }) => term);
}
