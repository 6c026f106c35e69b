import type { LexicalQuery } from './build-query.js';
import { capabilityWords } from './capability-words.js';
import { saysNothing } from './empty-words.js';
import type { MatchCapability, MatchNeed } from './match-types.js';
import { missingStretches } from './missing-words.js';
import { normaliseText, oneNameText, originOf, originOfEnd, plainText, traceText } from './normalise-text.js';
import type { TermIdf } from './term-idf.js';
import { runsOf, stem, tokenise } from './tokenise.js';

const TERM_LIMIT = 6;

/** Stems of the words that are not Han. */
function stemsOf(normalised: string): Set<string> {
  return new Set(runsOf(normalised).flatMap(({ text, cjk }) => (cjk ? [] : [stem(text)])));
}

/**
 * Words of the need's title and keywords that the capability does not have, as the need's author wrote them: at most six,
 * none inside another, heaviest first.
 */
export function uncoveredTerms(
  need: MatchNeed,
  capability: MatchCapability,
  query: LexicalQuery,
  index: TermIdf,
): string[] {
  const { plain } = capabilityWords(capability);
  const stated = capability.indicators.map(({ name, raw }) => oneNameText(`${name}\n${raw}`)).join('\n');
  let words: ReadonlySet<string> | undefined;
  const other = {
    holds: (stretch: string) => plain.includes(stretch) || stated.includes(stretch),
    hasWord: (word: string) => (words ??= stemsOf(`${plain}\n${stated}`)).has(stem(word)),
  };
  /** Spellings by the normalised terms. */
  const terms = new Map<string, string>();
  for (const text of [need.title, ...need.keywords].map(plainText)) {
    const traced = traceText(text);
    for (const { start, end } of missingStretches(traced.text, other, index)) {
      const term = traced.text.slice(start, end);
      const spelling = text.slice(originOf(traced, start), originOfEnd(traced, end)).normalize('NFKC');
      if (!terms.has(term) && !saysNothing(term)) terms.set(term, spelling);
    }
  }
  const massOf = (term: string) =>
    tokenise(normaliseText(terms.get(term)!)).reduce(
      (sum, token) => sum + (query.get(token) ?? 0) * index.idf(token),
      0,
    );
  const parts = [...terms.keys()];
  const heaviest = parts
    .filter((term) => !parts.some((longer) => longer !== term && longer.includes(term)))
    .map((term) => ({ term, mass: massOf(term) }))
    .sort((a, b) => b.mass - a.mass || (a.term < b.term ? -1 : 1))
    .map(({ term }) => terms.get(term)!);
  // Two parts of what one abbreviation stands for are written with it both.
  return [...new Set(heaviest)].slice(0, TERM_LIMIT);
}
