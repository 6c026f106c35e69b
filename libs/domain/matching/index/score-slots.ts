import { IMPACT_STEPS } from './bm25f.js';
import type { DeltaSegment } from './delta-segment.js';
import type { DocumentTerms } from './document-store.js';
import type { MainSegment } from './main-segment.js';

/** The highest sum a slot can reach is about this, whatever the query. */
const SCALE = 2 ** 30;
/** Slots scored at a time: their sums (256 KiB) stay in the processor's cache while all long rows pass. */
const BLOCK = 2 ** 16;
/** Rows below are added at once: cutting them into blocks costs more than it saves. */
const LONG_ROW = 4096;

/** A query's term as the index knows it. */
export interface WeightedTerm {
  number: number;
  /** Query weight times idf. */
  weight: number;
}

export interface WeighedQuery {
  /** Those in the dictionary. */
  readonly terms: readonly WeightedTerm[];
  /** Σ of the weights, also of terms that no document has. */
  readonly mass: number;
}

/** A term's weight in whole numbers, such that the sums of all slots stay below 2^31. */
function wholeWeight(weight: number, mass: number): number {
  return Math.max(1, Math.round(((weight / mass) * SCALE) / IMPACT_STEPS));
}

/** What a sum is multiplied with to be Σ weight · impact / √mass; `limit` is the impact that 255 stands for. */
function scoreUnit(mass: number, limit: number): number {
  return mass > 0 ? (limit * Math.sqrt(mass)) / SCALE : 0;
}

/** Scores a document by its terms as {@link SlotScorer} scores its slot. */
export function documentScorer(
  { terms, codes }: Pick<DocumentTerms, 'terms' | 'codes'>,
  impact: (code: number) => number,
  limit: number,
): (query: WeighedQuery) => number {
  const byTerm = new Map<number, number>();
  for (const [place, term] of terms.entries()) byTerm.set(term, impact(codes[place]!));
  return (query) => {
    let sum = 0;
    for (const { number, weight } of query.terms)
      sum += (byTerm.get(number) ?? 0) * wholeWeight(weight, query.mass);
    return Math.fround(sum * scoreUnit(query.mass, limit));
  };
}

/** First place of a row whose posting is not below `limit`. */
function placeOf(postings: Uint32Array, from: number, to: number, limit: number): number {
  let low = from;
  let high = to;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (postings[middle]! < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The innermost loop; small and without captured variables, so that it is compiled as it stands. */
function addRow(sums: Int32Array, postings: Uint32Array, from: number, to: number, weight: number): void {
  for (let at = from; at < to; at += 1) {
    const posting = postings[at]!;
    const slot = posting >>> 8;
    sums[slot] = (sums[slot]! + Math.imul(posting & 255, weight)) | 0;
  }
}

function addChain(sums: Int32Array, delta: DeltaSegment, term: number, weight: number): void {
  const { slots, impacts, next } = delta;
  for (let node = delta.head(term); node >= 0; node = next[node]!) {
    const slot = slots[node]!;
    sums[slot] = (sums[slot]! + Math.imul(impacts[node]!, weight)) | 0;
  }
}

function convert(sums: Int32Array, scores: Float32Array, count: number, factor: number): void {
  for (let slot = 0; slot < count; slot += 1) scores[slot] = sums[slot]! * factor;
}

/**
 * Sums impacts of a query's terms by slot in whole numbers: Σ impact · round(2^30·weight/(255·mass)). Addition of whole
 * numbers is exact, so the result depends neither on the order of the terms nor on which segment a document is in.
 * Reads every posting of every term: nothing is cut off. Allocates nothing but when the corpus or the query outgrows it.
 */
export class SlotScorer {
  private sums = new Int32Array(0);
  private scores = new Float32Array(0);
  /** Place reached in the row of each long term, its end, and its weight. */
  private places = new Uint32Array(256);
  private ends = new Uint32Array(256);
  private weights = new Int32Array(256);

  /**
   * @param query.mass Σ of the weights, also of terms that no document has.
   * @param query.limit The impact that 255 stands for.
   * @returns Σ weight · impact / √mass by slot, in memory that the next call uses again.
   */
  score(
    { main, delta }: { main: MainSegment; delta: DeltaSegment },
    terms: readonly WeightedTerm[],
    query: { mass: number; limit: number; slotCount: number },
  ): Float32Array {
    const { mass, limit, slotCount } = query;
    this.reserve(slotCount, terms.length);
    const { sums, scores } = this;
    sums.fill(0, 0, slotCount);
    let long = 0;
    for (const { number, weight } of terms) {
      const whole = wholeWeight(weight, mass);
      addChain(sums, delta, number, whole);
      if (number >= main.termCount) continue;
      const from = main.offsets[number]!;
      const to = main.offsets[number + 1]!;
      if (to - from < LONG_ROW) addRow(sums, main.postings, from, to, whole);
      else {
        this.places[long] = from;
        this.ends[long] = to;
        this.weights[long] = whole;
        long += 1;
      }
    }
    this.addLongRows(main.postings, long, slotCount);
    convert(sums, scores, slotCount, scoreUnit(mass, limit));
    return scores.subarray(0, slotCount);
  }

  private addLongRows(postings: Uint32Array, count: number, slotCount: number): void {
    const { sums, places, ends, weights } = this;
    const blocks = count === 0 ? 0 : Math.ceil(slotCount / BLOCK);
    for (let block = 1; block <= blocks; block += 1) {
      const last = block === blocks;
      for (let row = 0; row < count; row += 1) {
        const from = places[row]!;
        const to = last ? ends[row]! : placeOf(postings, from, ends[row]!, block * BLOCK * 256);
        addRow(sums, postings, from, to, weights[row]!);
        places[row] = to;
      }
    }
  }

  private reserve(slotCount: number, termCount: number): void {
    if (this.sums.length < slotCount) {
      this.sums = new Int32Array(slotCount + (slotCount >> 3));
      this.scores = new Float32Array(this.sums.length);
    }
    if (this.places.length < termCount) {
      this.places = new Uint32Array(2 * termCount);
      this.ends = new Uint32Array(2 * termCount);
      this.weights = new Int32Array(2 * termCount);
    }
  }
}
