import { IMPACT_STEPS } from './bm25f.js';
import type { DeltaSegment } from './delta-segment.js';
import type { DocumentTerms } from './document-store.js';
import type { MainSegment } from './main-segment.js';

/** The highest sum a slot can reach is about this, whatever the query. */
const SCALE = 2 ** 30;
/** Slots scored at a time: their sums (256 KiB) stay in the processor's cache while all rows pass. */
const BLOCK = 2 ** 16;

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

function addChain(sums: Int32Array, first: number, delta: DeltaSegment, term: number, weight: number): void {
  const { slots, impacts, next } = delta;
  for (let node = delta.head(term); node >= 0; node = next[node]!) {
    const place = slots[node]! - first;
    sums[place] = (sums[place]! + Math.imul(impacts[node]!, weight)) | 0;
  }
}

/** Sums of the slots from `first` on become scores. */
function convert(sums: Int32Array, scores: Float32Array, first: number, count: number, factor: number): void {
  for (let place = 0; place < count; place += 1) scores[first + place] = sums[place]! * factor;
}

/**
 * Sums impacts of a query's terms by slot in whole numbers: Σ impact · round(2^30·weight/(255·mass)). Addition of whole
 * numbers is exact, so the result depends neither on the order of the terms nor on which segment a document is in.
 * Reads every posting of every term: nothing is cut off. Allocates nothing but when the corpus or the query outgrows it.
 */
export class SlotScorer {
  /** Of one block of slots, or of those of the delta. */
  private sums = new Int32Array(BLOCK);
  private scores = new Float32Array(0);
  /** Place reached in the row of each term, its end, and its weight. */
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
    const { mass, slotCount } = query;
    // All slots of the delta are behind those of the main segment.
    const fresh = delta.length > 0 ? delta.slots[0]! : slotCount;
    this.reserve(slotCount, fresh, terms.length);
    const { sums, scores } = this;
    const unit = scoreUnit(mass, query.limit);
    const rows = this.openRows(main, terms, mass);
    for (let first = 0; first < fresh; first += BLOCK) {
      const end = Math.min(fresh, first + BLOCK);
      sums.fill(0, 0, end - first);
      this.addRows(main.postings, rows, first, end);
      convert(sums, scores, first, end - first, unit);
    }
    sums.fill(0, 0, slotCount - fresh);
    for (const { number, weight } of terms) addChain(sums, fresh, delta, number, wholeWeight(weight, mass));
    convert(sums, scores, fresh, slotCount - fresh, unit);
    return scores.subarray(0, slotCount);
  }

  /** Returns how many. */
  private openRows(main: MainSegment, terms: readonly WeightedTerm[], mass: number): number {
    let rows = 0;
    for (const { number, weight } of terms) {
      if (number >= main.termCount) continue;
      this.places[rows] = main.offsets[number]!;
      this.ends[rows] = main.offsets[number + 1]!;
      this.weights[rows] = wholeWeight(weight, mass);
      rows += 1;
    }
    return rows;
  }

  /** The innermost loop takes what it can know from outside: a row's part in the block is found before it is added. */
  private addRows(postings: Uint32Array, rows: number, first: number, end: number): void {
    const { sums, places, ends, weights } = this;
    for (let row = 0; row < rows; row += 1) {
      const weight = weights[row]!;
      const to = placeOf(postings, places[row]!, ends[row]!, end * 256);
      for (let at = places[row]!; at < to; at += 1) {
        const posting = postings[at]!;
        const place = (posting >>> 8) - first;
        sums[place] = (sums[place]! + Math.imul(posting & 255, weight)) | 0;
      }
      places[row] = to;
    }
  }

  private reserve(slotCount: number, fresh: number, termCount: number): void {
    if (this.scores.length < slotCount) this.scores = new Float32Array(slotCount + (slotCount >> 3));
    if (this.sums.length < slotCount - fresh) this.sums = new Int32Array(2 * (slotCount - fresh));
    if (this.places.length < termCount) {
      this.places = new Uint32Array(2 * termCount);
      this.ends = new Uint32Array(2 * termCount);
      this.weights = new Int32Array(2 * termCount);
    }
  }
}
