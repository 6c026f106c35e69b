import { learnFusion, type PairCloseness, type VectorFusion } from '../embedding/closeness.js';
import {
  GaussianProcess,
  type LevelChances,
  type Likeness,
  type ProcessExample,
} from './gaussian-process.js';
import { type LeftOut, leaveOut, levelsOf } from './left-out.js';
import { fitLogistic, logistic, type Logistic } from './logistic.js';
import { freeEffects, monotoneEffects } from './monotone-effects.js';
import type { NeedCounts } from './need-statistics.js';
import type { Unseen } from './compare-models.js';
import { ANSWERS, GRID, gridValue, THRESHOLDS } from './pair-kernel.js';
import { effectsOf, FEATURES, type ModelQuality, type RankModel } from './rank-model.js';
import { expectedLevel, type Judged, rankingQuality } from './ranking-quality.js';

/** A pair with its grade and what was known of it when it was graded. */
export interface GradedPair {
  readonly needId: string;
  readonly capabilityId: string;
  /** 1 unrelated, 2 weak, 3 worth a meeting, 4 strong. */
  readonly level: number;
  /** In the order of FEATURES, NaN where unknown. */
  readonly features: Float64Array;
}

export interface TrainingTexts {
  readonly needIds: readonly string[];
  readonly capabilityIds: readonly string[];
  /** By places in the two lists. */
  readonly likeness: Likeness;
}

export interface TrainingOptions {
  readonly version: string;
  readonly needCounts: NeedCounts;
  /** Whether neighbours are kept: not for a model that serves other needs and capabilities than it was trained on. */
  readonly keepNeighbours: boolean;
  /** The model that knows already: with few pairs only what they say beyond it is learned. */
  readonly prior?: RankModel;
  /** What the model in use says of each pair, null for those it has learned from. */
  readonly rival?: { readonly version: string; readonly said: readonly (Unseen | null)[] } | undefined;
  /** Closeness by vectors, where there are some: their weight is learned beside the model. */
  readonly closenessOf?: PairCloseness | undefined;
}

/** With more pairs than these a model learns by itself. */
const MOST_WITH_PRIOR = 1500;

/** Training takes n³/3 multiplications and 4n² bytes: the newest pairs are taken beyond this. */
export const MOST_PAIRS = 6000;
/** What is taken from the chances of level ≥ 3 and ≥ 4 where all that is asked in figures is missed. */
const MISSED_FIGURE = 0.4;
/** A feature that hardly any pair knows cannot be learned from. */
const LEAST_KNOWN = 10;

type Scale = Pick<RankModel, 'means' | 'deviations'>;

function scaleOf(pairs: readonly GradedPair[]): Scale {
  const means: number[] = [];
  const deviations: number[] = [];
  for (let k = 0; k < FEATURES.length; k += 1) {
    const known = pairs.map(({ features }) => features[k]!).filter((value) => !Number.isNaN(value));
    const mean = known.reduce((a, b) => a + b, 0) / Math.max(1, known.length);
    const variance = known.reduce((a, b) => a + (b - mean) ** 2, 0) / Math.max(1, known.length);
    means.push(mean);
    deviations.push(known.length < LEAST_KNOWN || variance < 1e-9 ? 0 : Math.sqrt(variance));
  }
  return { means, deviations };
}

/** Features in standard deviations within the grid; NaN where unknown or where nothing could be learned. */
export function standardise(
  features: Float64Array,
  scale: Pick<RankModel, 'means' | 'deviations'>,
): Float64Array {
  return features.map((value, k) => {
    const deviation = scale.deviations[k]!;
    if (deviation === 0) return Number.NaN;
    return Math.min(GRID.high, Math.max(GRID.low, (value - scale.means[k]!) / deviation));
  });
}

type Effects = Pick<RankModel, 'base' | 'shapes' | 'means' | 'deviations'>;

/** What a model without neighbours says of raw features. */
function chancesOf(model: Effects, features: Float64Array): LevelChances {
  const chances: [number, number, number] = [...model.base];
  for (const [k, value] of standardise(features, model).entries()) {
    if (Number.isNaN(value)) continue;
    const effects = effectsOf(model, k, value);
    for (let threshold = 0; threshold < 3; threshold += 1) chances[threshold]! += effects[threshold]!;
  }
  return chances;
}

/**
 * What is known before any pair is: that an asked figure which is missed speaks against being worth a meeting. A few dozen
 * pairs of a thousand say so, always together with much else. The base is what is left of how often the levels are reached.
 */
function assumedOf(pairs: readonly GradedPair[], scale: Scale): Effects {
  const indicators = FEATURES.indexOf('indicators');
  const missedAt = (place: number) => {
    const value = scale.means[indicators]! + scale.deviations[indicators]! * gridValue(place);
    return Math.max(0, 1 - 2 * Math.max(0, value));
  };
  const shapes = THRESHOLDS.map((threshold) =>
    FEATURES.map((_, k) =>
      Array.from({ length: GRID.places }, (_unused, place) =>
        k === indicators && threshold >= 3 ? -MISSED_FIGURE * missedAt(place) : 0,
      ),
    ),
  );
  const none = { base: [0, 0, 0], shapes, ...scale } as const;
  const assumed = pairs.map(({ features }) => chancesOf(none, features));
  const base = THRESHOLDS.map(
    (threshold, k) =>
      pairs.reduce((sum, { level }, row) => sum + Number(level >= threshold) - assumed[row]![k]!, 0) /
      pairs.length,
  );
  return { ...none, base: base as unknown as RankModel['base'] };
}

function judge(
  pairs: readonly GradedPair[],
  chances: readonly LevelChances[],
  forLevels = chances,
): Judged[] {
  return pairs.map(({ needId, level }, row) => ({
    needId,
    level,
    chances: chances[row]!,
    forLevels: forLevels[row]!,
  }));
}

function rounded(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}

function qualityOf(
  pairs: readonly GradedPair[],
  { cold, warm }: LeftOut,
  before: readonly LevelChances[] | null,
  prior: RankModel | undefined,
  forLevels: LeftOut | null,
) {
  const gains = cold.map(expectedLevel);
  // Answers are of pairs that were shown, the best of them: with a prior its calibration stands.
  const calibration =
    prior?.calibration ??
    fitLogistic(
      [...gains, ...warm.map(expectedLevel)],
      [...pairs, ...pairs].map(({ level }) => level >= 3),
    );
  const brier = pairs.reduce(
    (sum, { level }, row) => sum + (logistic(calibration, gains[row]!) - Number(level >= 3)) ** 2,
    0,
  );
  const quality: ModelQuality = {
    pairs: pairs.length,
    positive: pairs.filter(({ level }) => level >= 3).length,
    needs: new Set(pairs.map(({ needId }) => needId)).size,
    cold: rankingQuality(judge(pairs, cold, forLevels?.cold)),
    warm: rankingQuality(judge(pairs, warm, forLevels?.warm)),
    before: before === null ? null : rankingQuality(judge(pairs, before)),
    brier: brier / pairs.length,
  };
  return { quality, calibration };
}

/**
 * Learns to rank from graded pairs. Deterministic. The quality it carries is measured on pairs and needs left out of
 * the training. Throws RangeError for fewer than two pairs; callers cut to {@link MOST_PAIRS}.
 */
export function trainRankModel(
  pairs: readonly GradedPair[],
  texts: TrainingTexts,
  options: TrainingOptions,
): RankModel {
  const prior = pairs.length <= MOST_WITH_PRIOR ? options.prior : undefined;
  const scale: Scale = prior ?? scaleOf(pairs);
  const needs = new Map(texts.needIds.map((id, place) => [id, place]));
  const capabilities = new Map(texts.capabilityIds.map((id, place) => [id, place]));
  const examples = pairs.map(({ needId, capabilityId, level, features }): ProcessExample => ({
    need: needs.get(needId)!,
    capability: capabilities.get(capabilityId)!,
    level,
    features: standardise(features, scale),
  }));
  const before = options.prior ? pairs.map(({ features }) => chancesOf(options.prior!, features)) : null;
  // With a prior its base stands: people answer what they are shown, the best first, so how many say yes tells nothing of
  // the pairs they never saw.
  const known = prior ?? assumedOf(pairs, scale);
  const expected = prior ? before! : pairs.map(({ features }) => chancesOf(known, features));
  const process = new GaussianProcess(examples, texts.likeness, expected);
  const { shapes, coefficients } = monotoneEffects(process, known);
  const learned = [coefficients, process.coefficients];
  const [leftOut, freely] = leaveOut(process, pairs, learned) as [LeftOut, LeftOut];
  // With a prior only what differs from it is learned, of pairs that were shown: too little to read levels from.
  const levels = prior || !options.keepNeighbours ? null : levelsOf(examples, pairs, texts.likeness, freely);
  const { quality, calibration } = qualityOf(pairs, leftOut, before, prior, levels && levels.leftOut);
  return {
    version: options.version,
    features: FEATURES,
    means: scale.means,
    deviations: scale.deviations,
    base: known.base,
    shapes,
    calibration,
    neighbours: options.keepNeighbours
      ? neighboursOf(pairs, examples, coefficients, levels && process.coefficients)
      : [],
    answers: ANSWERS,
    ...(levels && {
      forLevels: { shapes: freeEffects(process, known), correction: levels.correction },
    }),
    needCounts: options.needCounts,
    quality: {
      ...quality,
      ...(options.rival && { rival: compareWith(options.rival, pairs, leftOut) }),
    },
    ...(options.closenessOf && { vectors: fusionOf(pairs, leftOut.cold, calibration, options.closenessOf) }),
  };
}

/** This model and the one in use on the pairs that neither has seen. */
function compareWith(
  { version, said }: NonNullable<TrainingOptions['rival']>,
  pairs: readonly GradedPair[],
  { cold, warm }: LeftOut,
): NonNullable<ModelQuality['rival']> {
  const rows = [...pairs.keys()].filter((row) => said[row] !== null && said[row] !== undefined);
  const common = rows.map((row) => pairs[row]!);
  const quality = (chancesAt: (row: number) => LevelChances) =>
    rankingQuality(judge(common, rows.map(chancesAt)));
  return {
    version,
    pairs: rows.length,
    own: { cold: quality((row) => cold[row]!), warm: quality((row) => warm[row]!) },
    theirs: { cold: quality((row) => said[row]!.cold), warm: quality((row) => said[row]!.warm) },
  };
}

/** The weight of vectors beyond what the model says of each pair without its need. */
function fusionOf(
  pairs: readonly GradedPair[],
  cold: readonly LevelChances[],
  { offset, slope }: Logistic,
  closeness: PairCloseness,
): VectorFusion {
  return learnFusion(
    closeness.model,
    pairs.map(({ needId, capabilityId, level }, row) => ({
      logit: offset + slope * expectedLevel(cold[row]!),
      closeness: closeness.of(needId, capabilityId),
      positive: level >= 3,
    })),
  );
}

function neighboursOf(
  pairs: readonly GradedPair[],
  examples: readonly ProcessExample[],
  coefficients: readonly Float64Array[],
  forLevels: readonly Float64Array[] | null,
) {
  const at = (row: number, values: readonly Float64Array[]) =>
    THRESHOLDS.map((_, k) => rounded(values[k]![row]!)) as [number, number, number];
  return pairs.map(({ needId, capabilityId }, row) => ({
    needId,
    capabilityId,
    features: [...examples[row]!.features].map((value) =>
      Number.isNaN(value) ? null : Math.round(value * 1000) / 1000,
    ),
    coefficients: at(row, coefficients),
    ...(forLevels && { forLevels: at(row, forLevels) }),
  }));
}
