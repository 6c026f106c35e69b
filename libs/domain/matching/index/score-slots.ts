import { IMPACT_STEPS } from './bm25f.js';
import type { DeltaSegment } from './delta-segment.js';
import { grown } from './grow-array.js';
import type { MainSegment } from './main-segment.js';

/** The highest sum a slot can reach is this, whatever the query. */
const SCALE = 2 ** 30;
/** Rows longer than this look their products up instead of multiplying. */
const TABLE_FROM = 512;

/** A query's term as the index knows it. */
export interface WeightedTerm {
  number: number;
  /** Query weight times idf. */
  weight: number;
}

/**
 * Sums impacts of a query's terms by slot in whole numbers: Σ round(2^30·w·impact/(Σw·255)). Addition of whole numbers is
 * exact, so the result depends neither on the order of the terms nor on which segment a document is in.
 */
export class SlotScorer {
  private sums = new Int32Array(0);
  private scores = new Float32Array(0);
  private readonly products = new Int32Array(IMPACT_STEPS + 1);

  /**
   * @param mass Σ of the weights, also of terms that no document has.
   * @returns sums · (k1 + 1) · √mass / 2^30 by slot, in memory that the next call uses again.
   */
  score(
    segments: { main: MainSegment; delta: DeltaSegment },
    terms: readonly WeightedTerm[],
    query: { mass: number; limit: number; slotCount: number },
  ): Float32Array {
    const { mass, limit, slotCount } = query;
    if (this.sums.length < slotCount) {
      this.sums = grown(this.sums, slotCount);
      this.scores = new Float32Array(this.sums.length);
    }
    const { sums, scores } = this;
    sums.fill(0, 0, slotCount);
    for (const { number, weight } of terms) {
      const unit = (weight / mass) * (SCALE / IMPACT_STEPS);
      this.addMain(segments.main, number, unit);
      this.addDelta(segments.delta, number, unit);
    }
    const factor = mass > 0 ? (limit * Math.sqrt(mass)) / SCALE : 0;
    for (let slot = 0; slot < slotCount; slot += 1) scores[slot] = sums[slot]! * factor;
    return scores.subarray(0, slotCount);
  }

  private addMain(main: MainSegment, term: number, unit: number): void {
    if (term >= main.termCount) return;
    const { slots, impacts } = main;
    const { sums, products } = this;
    const end = main.offsets[term + 1]!;
    let at = main.offsets[term]!;
    if (end - at < TABLE_FROM) {
      for (; at < end; at += 1) sums[slots[at]!]! += Math.round(unit * impacts[at]!);
      return;
    }
    for (let impact = 0; impact <= IMPACT_STEPS; impact += 1) products[impact] = Math.round(unit * impact);
    for (; at < end; at += 1) sums[slots[at]!]! += products[impacts[at]!]!;
  }

  private addDelta(delta: DeltaSegment, term: number, unit: number): void {
    const { slots, impacts, next } = delta;
    const { sums } = this;
    for (let node = delta.head(term); node >= 0; node = next[node]!)
      sums[slots[node]!]! += Math.round(unit * impacts[node]!);
  }
}
