import { answeredOf } from './answered-pairs.js';
import type { GaussianProcess, LevelChances, Likeness, ProcessExample } from './gaussian-process.js';
import { correctAcross, fitCorrection, type LevelCorrection, type UnseenPair } from './level-correction.js';

type Pair = Pick<UnseenPair, 'needId' | 'level'> & { readonly capabilityId: string };

/** What is said of each pair by all that was learned without its need, or without itself. */
export interface LeftOut {
  readonly cold: readonly LevelChances[];
  readonly warm: readonly LevelChances[];
}

/** By each set of coefficients; to leave out is most of the work, and is done once. */
export function leaveOut(
  process: GaussianProcess,
  pairs: readonly Pair[],
  sets: readonly (readonly Float64Array[])[],
): LeftOut[] {
  const cold = process.leaveOut((row) => pairs[row]!.needId, sets);
  // A pair graded twice is left out as a whole: the one grade would give away the other.
  const warm = process.leaveOut((row) => `${pairs[row]!.needId}\n${pairs[row]!.capabilityId}`, sets);
  return sets.map((_, set) => ({ cold: cold[set]!, warm: warm[set]! }));
}

/** What makes levels of chances, and what the levels of pairs left out are read from. */
export interface Levels {
  readonly correction: LevelCorrection;
  readonly leftOut: LeftOut;
}

/** Learned from what is said of pairs left out, each corrected by those of other needs. Null where there are too few. */
export function levelsOf(
  examples: readonly ProcessExample[],
  pairs: readonly Pair[],
  likeness: Likeness,
  { cold, warm }: LeftOut,
): Levels | null {
  const answered = answeredOf(examples, likeness);
  const unseen = pairs.map((pair, row): UnseenPair => ({ ...pair, ...answered[row]!, chances: warm[row]! }));
  const correction = fitCorrection(unseen);
  return correction && { correction, leftOut: { cold, warm: correctAcross(unseen) } };
}
