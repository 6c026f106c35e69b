/** Slots that share one entry of the peaks. */
const GROUP = 32;
/**
 * Added and taken away again, it leaves of a number below 2^27 its multiple of 2^-24: sums of those below 2^29 are exact,
 * and so the same in whatever order the slots of an index happen to stand.
 */
const TO_GRID = 1.5 * 2 ** 28;
/** Steps from 0 to the best score in which {@link SlotScores.levelOf} looks. */
const LEVELS = 4096;

/**
 * The scores of all slots for one query. One pass takes what follows from all of them and the highest of each group of
 * neighbours; later passes read only the groups that reach as high as they ask.
 */
export class SlotScores {
  /** The highest, 0 when none is above. */
  readonly best: number;
  /** Σ of the scores and of their squares, each to 2^-24. */
  readonly total: number;
  readonly squares: number;
  /** By group, 0 when none of it is above. */
  private readonly peaks: Float32Array;

  /** @param values By slot; kept, not copied. */
  constructor(readonly values: Float32Array) {
    this.peaks = new Float32Array(Math.ceil(values.length / GROUP));
    const sums = sumUp(values, this.peaks);
    this.best = sums.best;
    this.total = sums.total;
    this.squares = sums.squares;
  }

  /** Visits the slots of at least a positive score, by ascending slot; each visit returns the least score from then on. */
  visit(floor: number, visitor: (slot: number, score: number) => number): void {
    const { values, peaks } = this;
    let least = floor;
    for (let group = 0; group < peaks.length; group += 1) {
      if (peaks[group]! < least) continue;
      const end = Math.min(values.length, (group + 1) * GROUP);
      for (let slot = group * GROUP; slot < end; slot += 1) {
        const score = values[slot]!;
        if (score >= least) least = visitor(slot, score);
      }
    }
  }

  /** A score that about `count` slots or more reach; the least positive number where too few groups are above 0. */
  levelOf(count: number): number {
    const { best, peaks } = this;
    const reached = new Int32Array(LEVELS);
    for (let group = 0; group < peaks.length; group += 1)
      reached[Math.min(LEVELS - 1, Math.floor((peaks[group]! / best) * LEVELS))]! += 1;
    let groups = 0;
    for (let level = LEVELS - 1; level > 0; level -= 1) {
      groups += reached[level]!;
      if (groups >= count) return (level / LEVELS) * best;
    }
    return Number.MIN_VALUE;
  }
}

/** Fills the peaks; small and without captured variables, so that the loop is compiled as it stands. */
function sumUp(values: Float32Array, peaks: Float32Array): Pick<SlotScores, 'best' | 'total' | 'squares'> {
  let best = 0;
  let total = 0;
  let squares = 0;
  for (let group = 0; group < peaks.length; group += 1) {
    const end = Math.min(values.length, (group + 1) * GROUP);
    let peak = 0;
    for (let slot = group * GROUP; slot < end; slot += 1) {
      const score = values[slot]!;
      total += score + TO_GRID - TO_GRID;
      squares += score * score + TO_GRID - TO_GRID;
      if (score > peak) peak = score;
    }
    peaks[group] = peak;
    if (peak > best) best = peak;
  }
  return { best, total, squares };
}
