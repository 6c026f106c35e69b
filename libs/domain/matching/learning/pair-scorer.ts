import type { FactorCode, MatchFactor } from '../match-types.js';
import type { NeedFeedback } from './feedback-memory.js';
import { correctChances } from './level-correction.js';
import { logistic } from './logistic.js';
import type { Closeness } from '../embedding/closeness.js';
import { effectsOf, factorOf, FEATURES, gainOf, vectorGain, type RankModel } from './rank-model.js';
import { expectedLevel, predictedLevel } from './ranking-quality.js';
import type { CapabilityTexts } from './read-texts.js';
import { standardise } from './train-rank-model.js';

export interface PairScore {
  /** Probability of mutual interest (level ≥ 3), 0..1. */
  readonly score: number;
  /** Probabilities of level ≥ 2, ≥ 3, ≥ 4; not clipped. */
  readonly chances: readonly [number, number, number];
  readonly factors: MatchFactor[];
}

/** The model that levels are read from: its effects may fall as well as rise. The model itself where it has none of its own. */
export function levelModel(model: RankModel): RankModel {
  const { forLevels, neighbours } = model;
  if (!forLevels) return model;
  return {
    ...model,
    shapes: forLevels.shapes,
    neighbours: neighbours.map((neighbour) => ({
      ...neighbour,
      coefficients: neighbour.forLevels ?? neighbour.coefficients,
    })),
  };
}

/**
 * Scores pairs of one need by a learned model. The expected level is a sum: base + an effect per feature + what earlier
 * answers say; the score is a logistic function of it. A factor's contribution is its share of the way from the base's
 * score to the pair's (Aumann & Shapley 1974, exact for a function of a sum), so that contributions sum to the score.
 */
export class PairScorer {
  constructor(
    private readonly model: RankModel,
    private readonly feedback: NeedFeedback | null,
    /** By vectors of an embedding model, where there are some. */
    private readonly closeness: Closeness | null = null,
  ) {}

  /** The score alone. */
  rate(features: Float64Array, capability: CapabilityTexts, id: string): number {
    const { model } = this;
    const standard = standardise(features, model);
    let gain = expectedLevel(model.base);
    for (let k = 0; k < FEATURES.length; k += 1) {
      const value = standard[k]!;
      if (!Number.isNaN(value)) gain += gainOf(model, k, value);
    }
    if (this.feedback) gain += expectedLevel(this.feedback.about(id, capability, standard).chances);
    const near = this.closeness?.of(id) ?? Number.NaN;
    if (!Number.isNaN(near)) gain += near * vectorGain(model, this.closeness!.model);
    return logistic(model.calibration, gain);
  }

  /** `features` in the order of FEATURES, raw, NaN where unknown. */
  score(features: Float64Array, capability: CapabilityTexts, id: string): PairScore {
    const { model } = this;
    const standard = standardise(features, model);
    const chances: [number, number, number] = [...model.base];
    const parts = new Map<FactorCode, number>();
    for (let k = 0; k < FEATURES.length; k += 1) {
      const value = standard[k]!;
      if (Number.isNaN(value)) continue;
      const effects = effectsOf(model, k, value);
      for (let threshold = 0; threshold < 3; threshold += 1) chances[threshold]! += effects[threshold]!;
      const code = factorOf(k);
      parts.set(code, (parts.get(code) ?? 0) + expectedLevel(effects));
    }
    const said = this.feedback?.about(id, capability, standard);
    if (said) {
      for (let threshold = 0; threshold < 3; threshold += 1) chances[threshold]! += said.chances[threshold]!;
      parts.set('feedback', expectedLevel(said.chances));
    }
    const near = this.closeness?.of(id) ?? Number.NaN;
    if (!Number.isNaN(near)) parts.set('vectors', near * vectorGain(model, this.closeness!.model));
    return { ...this.explain(parts), chances };
  }

  /** The grade a person would most likely not be far from, 1–4, by a model to read levels from ({@link levelModel}). */
  level(features: Float64Array, capability: CapabilityTexts, id: string): number {
    const { model } = this;
    const chances: [number, number, number] = [...model.base];
    const standard = standardise(features, model);
    for (const [k, value] of standard.entries()) {
      if (Number.isNaN(value)) continue;
      const effects = effectsOf(model, k, value);
      for (let threshold = 0; threshold < 3; threshold += 1) chances[threshold]! += effects[threshold]!;
    }
    const said = this.feedback?.about(id, capability, standard);
    for (let threshold = 0; threshold < 3; threshold += 1)
      chances[threshold]! += said?.chances[threshold] ?? 0;
    // The correction was learned of pairs left out, whose own answer was not in their chances.
    const answered = said?.answered;
    return predictedLevel(
      answered ? correctChances(model.forLevels?.correction, chances, answered) : chances,
    );
  }

  private explain(parts: ReadonlyMap<FactorCode, number>): Pick<PairScore, 'score' | 'factors'> {
    const { calibration, base } = this.model;
    const start = expectedLevel(base);
    let total = 0;
    for (const gain of parts.values()) total += gain;
    const origin = logistic(calibration, start);
    const score = logistic(calibration, start + total);
    const perGain = Math.abs(total) < 1e-12 ? 0 : (score - origin) / total;
    const factors: MatchFactor[] = [{ code: 'base', weight: 1, value: origin, contribution: origin }];
    for (const [code, gain] of parts) {
      const contribution = gain * perGain;
      factors.push({ code, weight: Math.abs(contribution), value: direction(contribution), contribution });
    }
    return { score, factors };
  }
}

/** ½ says nothing, 1 speaks for the pair, 0 against it. */
function direction(contribution: number): number {
  return Math.min(1, Math.max(0, 0.5 + contribution / 2));
}
