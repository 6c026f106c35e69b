/** Constants of BM25F and the weights of title, keywords and text. */
export interface Bm25Options {
  k1: number;
  b: number;
  fieldWeights: readonly [title: number, keywords: number, text: number];
}

/** The usual constants (Robertson & Zaragoza 2009, §3). */
export const DEFAULT_BM25: Bm25Options = { k1: 1.2, b: 0.75, fieldWeights: [1, 1, 0.5] };

export const FIELD_COUNT = 3;
/** Steps of a stored impact: 255 is the limit k1 + 1. */
export const IMPACT_STEPS = 255;

const TITLE_SHIFT = 12;
const KEYWORDS_SHIFT = 8;

/** Counts of a term in title, keywords and text in 16 bits; saturates at 15, 15 and 255. */
export function packCounts(title: number, keywords: number, text: number): number {
  return (
    (Math.min(title, 15) << TITLE_SHIFT) | (Math.min(keywords, 15) << KEYWORDS_SHIFT) | Math.min(text, 255)
  );
}

/** ln(1 + (N − df + ½)/(df + ½)). */
export function idfOf(documents: number, frequency: number): number {
  return Math.log(1 + (documents - frequency + 0.5) / (frequency + 0.5));
}

/** weight/(1 − b + b·length/mean) of one field: what one occurrence in it counts. */
export function fieldNorm(options: Bm25Options, field: number, length: number, mean: number): number {
  return options.fieldWeights[field]! / (1 - options.b + (options.b * length) / mean);
}

/**
 * BM25F without idf (Robertson, Zaragoza & Taylor 2004): field frequencies are length-normalised, weighted and summed
 * before the one saturation tf·(k1+1)/(tf+k1), so a row with a title only competes with a complete one.
 * Returned in 255ths of k1 + 1, at least 1 where the term counts at all.
 */
export function impactOf(
  packed: number,
  titleNorm: number,
  keywordNorm: number,
  textNorm: number,
  k1: number,
): number {
  const frequency =
    (packed >>> TITLE_SHIFT) * titleNorm +
    ((packed >>> KEYWORDS_SHIFT) & 15) * keywordNorm +
    (packed & 255) * textNorm;
  if (frequency <= 0) return 0;
  return Math.max(1, Math.round((IMPACT_STEPS * frequency) / (frequency + k1)));
}
