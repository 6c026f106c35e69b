import type { TextWeights } from './factor-sets/factor-set.js';
import type { MatchNeed } from './match-types.js';
import { normaliseText } from './normalise-text.js';
import { blankStopWords } from './stop-words.js';
import { tokenise } from './tokenise.js';

/** Terms with weights, in the order of first appearance. */
export type LexicalQuery = ReadonlyMap<string, number>;

const DEFAULT_WEIGHTS: TextWeights = { title: 1, keywords: 1, body: 0.15 };

function countTerms(text: string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const term of tokenise(blankStopWords(normaliseText(text))))
    counts.set(term, (counts.get(term) ?? 0) + 1);
  return counts;
}

/**
 * Weight of a term, with the weights of technology needs: its count in the title (a keyword counts at least 1) +
 * 0.15 · 3tf/(tf+2) for its count tf in the body, where repetition saturates. Title and keywords made of stop words only
 * are read with them rather than not at all.
 */
export function buildQuery(
  need: Pick<MatchNeed, 'title' | 'body' | 'keywords'>,
  weights: TextWeights = DEFAULT_WEIGHTS,
): LexicalQuery {
  const query = new Map<string, number>();
  for (const [term, count] of countTerms(need.title)) query.set(term, weights.title * count);
  for (const term of countTerms(need.keywords.join(' ; ')).keys())
    query.set(term, Math.max(query.get(term) ?? 0, weights.keywords));
  if (query.size === 0)
    for (const term of tokenise(normaliseText(need.title))) query.set(term, weights.title);
  for (const [term, count] of countTerms(need.body)) {
    const saturated = (3 * count) / (count + 2);
    query.set(term, (query.get(term) ?? 0) + weights.body * saturated);
  }
  return query;
}
