/** Term frequencies of one document: parallel arrays of term number and title, keyword and text counts. */
export interface ForwardEntry {
  terms: Int32Array;
  /** Three counts per term. */
  counts: Uint16Array;
  /** Tokens in each of the three fields. */
  lengths: readonly [number, number, number];
}

/** Postings in compressed rows: those of term t stand at offsets[t] … offsets[t+1]−1. */
export interface FrozenPostings {
  offsets: Int32Array;
  slots: Int32Array;
  /** The BM25F weight of the term in the document, without idf. */
  impacts: Float32Array;
  idf: Float64Array;
  /** idf of a term that no document has. */
  unseenIdf: number;
}

/** BM25 constants; the usual ones (Robertson & Zaragoza 2009, §3). */
const K1 = 1.2;
const B = 0.75;
/** Title, keywords, text. */
const FIELD_WEIGHTS = [1, 1, 0.5] as const;

function idfOf(documents: number, frequency: number): number {
  return Math.log(1 + (documents - frequency + 0.5) / (frequency + 0.5));
}

/** Mean field lengths over the documents that have the field, so that rows with a title only skew nothing. */
function meanLengths(entries: readonly (ForwardEntry | null)[]): number[] {
  return FIELD_WEIGHTS.map((_, field) => {
    let total = 0;
    let holders = 0;
    for (const entry of entries) {
      const length = entry?.lengths[field] ?? 0;
      total += length;
      if (length > 0) holders += 1;
    }
    return holders === 0 ? 1 : total / holders;
  });
}

function countDocuments(entries: readonly (ForwardEntry | null)[], termCount: number): Int32Array {
  const offsets = new Int32Array(termCount + 1);
  for (const entry of entries)
    if (entry) for (const term of entry.terms) offsets[term + 1] = (offsets[term + 1] ?? 0) + 1;
  for (let term = 0; term < termCount; term += 1)
    offsets[term + 1] = (offsets[term + 1] ?? 0) + (offsets[term] ?? 0);
  return offsets;
}

/**
 * BM25F (Robertson, Zaragoza & Taylor 2004): field frequencies are length-normalised, weighted and summed before the
 * one saturation tf·(k1+1)/(tf+k1), so a row with a title only competes with a complete one. Two passes, linear.
 */
export function freezePostings(entries: readonly (ForwardEntry | null)[], termCount: number): FrozenPostings {
  const offsets = countDocuments(entries, termCount);
  const total = offsets[termCount] ?? 0;
  const slots = new Int32Array(total);
  const impacts = new Float32Array(total);
  const cursor = offsets.slice(0, termCount);
  const means = meanLengths(entries);
  let documents = 0;
  for (const [slot, entry] of entries.entries()) {
    if (!entry) continue;
    documents += 1;
    const scale = FIELD_WEIGHTS.map(
      (weight, field) => weight / (1 - B + (B * (entry.lengths[field] ?? 0)) / (means[field] ?? 1)),
    );
    for (const [row, term] of entry.terms.entries()) {
      let frequency = 0;
      for (let field = 0; field < scale.length; field += 1)
        frequency += (entry.counts[row * scale.length + field] ?? 0) * (scale[field] ?? 0);
      const at = cursor[term] ?? 0;
      cursor[term] = at + 1;
      slots[at] = slot;
      impacts[at] = (frequency * (K1 + 1)) / (frequency + K1);
    }
  }
  const idf = new Float64Array(termCount);
  for (let term = 0; term < termCount; term += 1)
    idf[term] = idfOf(documents, (offsets[term + 1] ?? 0) - (offsets[term] ?? 0));
  return { offsets, slots, impacts, idf, unseenIdf: idfOf(documents, 0) };
}
