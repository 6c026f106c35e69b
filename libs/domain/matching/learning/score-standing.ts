/** A market of fewer is counted as one of so many: to be second of three says little. */
const SMALL_MARKET = 250;
/** Places of the histogram that ranks are read from. */
const BINS = 4096;

/** Where a score stands among all scores of a need. */
export class ScoreStanding {
  readonly best: number;
  private readonly mean: number;
  private readonly deviation: number;
  /** Capabilities in this place of the histogram and above. */
  private readonly above = new Uint32Array(BINS + 1);
  private readonly stretch: number;

  /** @param size Capabilities in the market; scores of free slots are 0. */
  constructor(scores: Float32Array, size: number) {
    let sum = 0;
    let squares = 0;
    let best = 0;
    for (let slot = 0; slot < scores.length; slot += 1) {
      const score = scores[slot]!;
      sum += score;
      squares += score * score;
      if (score > best) best = score;
    }
    const count = Math.max(1, size);
    this.best = best;
    this.mean = sum / count;
    this.deviation = Math.sqrt(Math.max(1e-9, squares / count - this.mean ** 2));
    this.stretch = Math.max(1, SMALL_MARKET / count);
    if (best > 0) this.fill(scores);
  }

  /** In standard deviations from the mean. */
  standingOf(score: number): number {
    return (score - this.mean) / this.deviation;
  }

  /** Capabilities with a higher score, to the width of a bin, in a market of {@link SMALL_MARKET} or more. */
  rankOf(score: number): number {
    const higher = this.best > 0 ? this.above[score > 0 ? this.binOf(score) + 1 : 0]! : 0;
    return higher * this.stretch;
  }

  private fill(scores: Float32Array): void {
    const { above } = this;
    const perBin = BINS / this.best;
    for (let slot = 0; slot < scores.length; slot += 1) {
      const score = scores[slot]!;
      if (score > 0) above[Math.min(BINS - 1, (score * perBin) | 0)]! += 1;
    }
    for (let bin = BINS - 1; bin >= 0; bin -= 1) above[bin]! += above[bin + 1]!;
  }

  private binOf(score: number): number {
    return Math.min(BINS - 1, (score * (BINS / this.best)) | 0);
  }
}
