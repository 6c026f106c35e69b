import { DEFAULT_VECTOR_WEIGHT, type VectorFusion } from '../embedding/closeness.js';
import type { FactorCode } from '../match-types.js';
import type { LevelCorrection } from './level-correction.js';
import type { Logistic } from './logistic.js';
import type { NeedCounts } from './need-statistics.js';
import { type AnswerWeights, GRID, gridPlace } from './pair-kernel.js';
import { TEXT_FEATURES } from './text-features.js';

/** What is known of a pair besides its words, each 0..1 or unknown. */
export const STRUCTURE_FEATURES = [
  'keywords',
  'field',
  'indicators',
  'maturity',
  'mode',
  'region',
  'price',
] as const;
export const FEATURES = [...TEXT_FEATURES, ...STRUCTURE_FEATURES] as const;

/** The factor that a feature is shown as. */
export function factorOf(feature: number): FactorCode {
  const name = FEATURES[feature]!;
  if (name === 'title-meaning' || name === 'body-meaning' || name === 'best-meaning') return 'semantic';
  const structure = STRUCTURE_FEATURES.find((code) => code === name);
  return structure ?? 'lexical';
}

/** Features of the need alone may speak either way; all others never lower a score when they rise. */
export function isFree(feature: number): boolean {
  return FEATURES[feature] === 'need-length' || FEATURES[feature] === 'body-length';
}

/** A graded pair that the model learned from: what it says of its neighbours. */
export interface Neighbour {
  readonly needId: string;
  readonly capabilityId: string;
  /** Features in standard deviations, null where unknown. */
  readonly features: readonly (number | null)[];
  /** Per threshold. */
  readonly coefficients: readonly [number, number, number];
  /** The same beside the effects of {@link RankModel.forLevels}. */
  readonly forLevels?: readonly [number, number, number];
}

interface ColdAndWarm {
  readonly cold: { readonly score: number; readonly ndcg10: number };
  readonly warm: { readonly score: number; readonly ndcg10: number };
}

export interface ModelQuality {
  readonly pairs: number;
  /** Pairs of level ≥ 3; absent in models of before. */
  readonly positive?: number;
  readonly needs: number;
  /** Needs the model has never seen: each need predicted from the others. */
  readonly cold: { readonly score: number; readonly ndcg10: number };
  /** Needs with feedback: each pair predicted from all other pairs. */
  readonly warm: { readonly score: number; readonly ndcg10: number };
  /** The model in use before, on the same pairs; null when there was none. */
  readonly before: { readonly score: number; readonly ndcg10: number } | null;
  /**
   * This model and the one in use on the pairs that the latter had not learned from, by their chances without correction;
   * absent when not compared.
   */
  readonly rival?: {
    readonly version: string;
    readonly pairs: number;
    readonly own: ColdAndWarm;
    readonly theirs: ColdAndWarm;
  };
  /** Mean squared error of the probability of level ≥ 3 for unseen needs. */
  readonly brier: number;
}

/** A learned ranking, as data: everything that its scores follow from, besides the corpus. */
export interface RankModel {
  readonly version: string;
  readonly features: readonly string[];
  readonly means: readonly number[];
  readonly deviations: readonly number[];
  /** Per threshold level ≥ 2, ≥ 3, ≥ 4: the share of pairs that reach it. */
  readonly base: readonly [number, number, number];
  /** Per threshold and feature: the effect at each place of the grid. */
  readonly shapes: readonly (readonly (readonly number[])[])[];
  /** Expected level above 1 → probability of level ≥ 3. */
  readonly calibration: Logistic;
  readonly neighbours: readonly Neighbour[];
  /** What the neighbours' answers weigh; absent in models of before. */
  readonly answers?: AnswerWeights;
  /**
   * What levels alone are read from: effects that may fall as well as rise, and what makes levels of the chances of needs with
   * answers. Absent where too little was learned from, and in models of before.
   */
  readonly forLevels?: { readonly shapes: RankModel['shapes']; readonly correction: LevelCorrection };
  /** Document frequencies of the needs it was trained on: what needs are written with. */
  readonly needCounts: NeedCounts;
  readonly quality: ModelQuality;
  /** What vectors of an embedding model are worth; absent where none was learned with. */
  readonly vectors?: VectorFusion;
}

/** A model is for the features of this version only. */
export function fitsFeatures(model: Pick<RankModel, 'features'>): boolean {
  return model.features.length === FEATURES.length && model.features.every((name, k) => name === FEATURES[k]);
}

/** Features that models of before may not know of. */
const ADDED: ReadonlySet<string> = new Set(['best-meaning', 'price']);

/**
 * A stored model by the features of today: those that came after it say nothing in it, so that it scores as it did. Null
 * for a model of other features.
 */
export function withNewFeatures(model: RankModel): RankModel | null {
  if (fitsFeatures(model)) return model;
  const wanted = FEATURES.filter((name) => !ADDED.has(name) || model.features.includes(name));
  if (wanted.length !== model.features.length || !wanted.every((name, k) => name === model.features[k]))
    return null;
  const places = FEATURES.map((name) => model.features.indexOf(name));
  const spread = <T>(values: readonly T[], none: T) =>
    places.map((place) => (place < 0 ? none : values[place]!));
  const flat = Array<number>(GRID.places).fill(0);
  const { forLevels: _, ...rest } = model;
  return {
    ...rest,
    features: FEATURES,
    means: spread(model.means, 0),
    deviations: spread(model.deviations, 0),
    shapes: model.shapes.map((shapes) => spread(shapes, flat)),
    neighbours: model.neighbours.map((neighbour) => ({
      ...neighbour,
      features: spread(neighbour.features, null),
    })),
  };
}

/** Expected level that a deviation of closeness by an embedding model adds; the default where nothing was learned of it. */
export function vectorGain({ vectors, calibration }: RankModel, embeddingModel: string): number {
  const weight = vectors?.model === embeddingModel ? vectors.weight : DEFAULT_VECTOR_WEIGHT;
  return calibration.slope > 0 ? weight / calibration.slope : 0;
}

/** From where on a known piece of structure speaks for a pair; up to here it does not. */
const NEUTRAL = 0.5;
const FIRST_STRUCTURE = TEXT_FEATURES.length;
const ROUNDING = 1e-9;
const NO_EFFECT: readonly [number, number, number] = [0, 0, 0];

type Shapes = Pick<RankModel, 'shapes' | 'means' | 'deviations'>;

/** Whether an effect says the opposite of what is stated: structure that fits has none below zero, other none above. */
function contradicts({ means, deviations }: Shapes, feature: number, value: number, gain: number): boolean {
  if (feature < FIRST_STRUCTURE) return false;
  const fits = means[feature]! + deviations[feature]! * value > NEUTRAL + ROUNDING;
  return fits ? gain < 0 : gain > 0;
}

/**
 * What a feature's value says, per threshold. `value` in standard deviations. Structure that fits never lowers the expected
 * level and structure that does not fit never raises it, whatever few pairs seemed to say: its words and its sign agree.
 */
export function effectsOf(model: Shapes, feature: number, value: number): readonly [number, number, number] {
  const [first, second, third] = model.shapes.map((shapes) => effectAt(shapes[feature]!, value));
  const isContrary = contradicts(model, feature, value, first! + second! + third!);
  return isContrary ? NO_EFFECT : [first!, second!, third!];
}

/** The sum of {@link effectsOf}: by how much the expected level rises. */
export function gainOf(model: Shapes, feature: number, value: number): number {
  const { shapes } = model;
  let gain = 0;
  for (let threshold = 0; threshold < 3; threshold += 1)
    gain += effectAt(shapes[threshold]![feature]!, value);
  return contradicts(model, feature, value, gain) ? 0 : gain;
}

/** A feature's effect between the places of the grid. `value` in standard deviations. */
export function effectAt(shape: readonly number[], value: number): number {
  const place = gridPlace(value);
  const below = Math.floor(place);
  const rest = place - below;
  const left = shape[below]!;
  return rest === 0 ? left : left + rest * (shape[below + 1]! - left);
}
