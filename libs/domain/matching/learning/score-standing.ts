import type { SlotScores } from '../index/slot-scores.js';

/** A market of fewer is counted as one of so many: to be second of three says little. */
const SMALL_MARKET = 250;
/** Places of the histogram that ranks are read from. */
const BINS = 4096;

/** Where a score stands among all scores of a need. */
export class ScoreStanding {
  readonly best: number;
  private readonly mean: number;
  private readonly deviation: number;
  /** Capabilities in this place of the histogram and above; of the places from `counted` on. */
  private readonly above = new Int32Array(BINS + 1);
  private counted = BINS;
  private readonly perBin: number;
  private readonly stretch: number;

  /** @param size Capabilities in the market; scores of free slots are 0. */
  constructor(
    private readonly scores: SlotScores,
    size: number,
  ) {
    const { best, total, squares } = scores;
    const count = Math.max(1, size);
    this.best = best;
    this.mean = total / count;
    this.deviation = Math.sqrt(Math.max(1e-9, squares / count - this.mean ** 2));
    this.stretch = Math.max(1, SMALL_MARKET / count);
    this.perBin = BINS / best;
  }

  /** In standard deviations from the mean. */
  standingOf(score: number): number {
    return (score - this.mean) / this.deviation;
  }

  /** Capabilities with a higher score, to the width of a bin, in a market of {@link SMALL_MARKET} or more. */
  rankOf(score: number): number {
    if (this.best === 0) return 0;
    const bin = score > 0 ? this.binOf(score) + 1 : 0;
    // Mostly the best are asked about: a quarter deeper than the question, so that few questions count anew.
    if (bin < this.counted) this.countFrom(bin - Math.ceil(bin / 4));
    return this.above[bin]! * this.stretch;
  }

  private countFrom(first: number): void {
    const { above, scores } = this;
    above.fill(0);
    // Just below the bin's edge, which rounding may move.
    const floor = Math.max(Number.MIN_VALUE, ((first - 0.5) / BINS) * this.best);
    scores.visit(floor, (_, score) => {
      above[this.binOf(score)]! += 1;
      return floor;
    });
    for (let bin = BINS - 1; bin >= first; bin -= 1) above[bin]! += above[bin + 1]!;
    this.counted = first;
  }

  private binOf(score: number): number {
    return Math.min(BINS - 1, (score * this.perBin) | 0);
  }
}
