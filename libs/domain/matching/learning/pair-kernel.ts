/** Levels of relevance as people grade them: 1 unrelated, 2 weak, 3 worth a meeting, 4 strong. */
export const THRESHOLDS = [2, 3, 4] as const;

/** What earlier answers weigh; a model keeps those it was trained by, for its neighbours speak by them. */
export interface AnswerWeights {
  /** Needs alike are graded alike; one need's grader is one person. */
  readonly needAlike: number;
  readonly sameNeed: number;
  /** Capabilities alike, whoever asks. */
  readonly capabilityAlike: number;
  /** Alike on both sides: what was said of a pair counts for its neighbours. */
  readonly bothAlike: number;
  readonly sameNeedCapabilityAlike: number;
  /** The same, for pairs that also look alike in their features. */
  readonly bothAlikeAndFeatures: number;
}

/** Of models that keep none. */
export const ANSWERS_BEFORE: AnswerWeights = {
  needAlike: 0.03,
  sameNeed: 0.05,
  capabilityAlike: 0.05,
  bothAlike: 0.2,
  sameNeedCapabilityAlike: 0.1,
  bothAlikeAndFeatures: 0.2,
};

/** Found by following the gradient of the leave-one-out error on graded needs and achievements, then rounded. */
export const ANSWERS: AnswerWeights = {
  needAlike: 0.1,
  sameNeed: 0.1,
  capabilityAlike: 0.03,
  bothAlike: 0.25,
  sameNeedCapabilityAlike: 0,
  bothAlikeAndFeatures: 0.3,
};

/**
 * Weights of the covariance of two graded pairs besides {@link ANSWERS} (the surface is flat: halving or doubling one
 * changes the competition score by less than .003).
 */
export const KERNEL = {
  /** Each feature by itself: what a value says, whatever the others are. */
  features: 0.2,
  featureWidth: 1,
  noise: 0.2,
} as const;

/** Features are clipped and read at whole places of this grid of standard deviations. */
export const GRID = { low: -3, high: 4, places: 57 } as const;
const STEP = (GRID.high - GRID.low) / (GRID.places - 1);

export function gridPlace(value: number): number {
  return (Math.min(GRID.high, Math.max(GRID.low, value)) - GRID.low) / STEP;
}

/** Standard deviations at a place. */
export function gridValue(place: number): number {
  return GRID.low + place * STEP;
}

/** exp(−d²/2w²) for each distance in whole places of the grid. */
export function gridKernel(): Float64Array {
  return Float64Array.from({ length: GRID.places }, (_, place) =>
    Math.exp(-((place * STEP) ** 2) / (2 * KERNEL.featureWidth ** 2)),
  );
}

/** Shares of the likeness of two texts by words of title, words of body, meaning. */
export const NEED_LIKENESS = { title: 0.4, body: 0.3, meaning: 0.3 } as const;
export const CAPABILITY_LIKENESS = { words: 0.7, meaning: 0.3 } as const;

/** Needs this alike count as near: only then is a pair compared with each earlier answer one by one. */
const NEAR = 0.3;

/** 0 for needs that are not near, 1 for the same. */
export function nearness(alike: number): number {
  return alike <= NEAR ? 0 : (alike - NEAR) / (1 - NEAR);
}
