import type { OfferKind, RequestKind } from '#libs/domain/market/record-kinds.js';
import type { Logistic } from '../learning/logistic.js';
import type { FactorCode, KindExclusionCode, MatchReason } from '../match-types.js';

/** Weights of a request's texts in the query. The body says more than what is asked, so it counts little. */
export interface TextWeights {
  readonly title: number;
  readonly keywords: number;
  readonly body: number;
}

/** Factors that come from words. */
export type TextFactor = 'lexical' | 'works';
/** Factors that come from stated facts. */
export type StructuralCode = Exclude<FactorCode, TextFactor | 'base'>;

export interface FactorWeight<Code extends FactorCode> {
  readonly code: Code;
  readonly weight: number;
}

/** How one kind of request is matched with one kind of offer; the engine is the same for all, this is its data. */
export interface FactorSet {
  readonly requestKind: RequestKind;
  readonly offerKind: OfferKind;
  /**
   * `text-bound`: structure moves a pair inside the room that the text leaves (technology needs: without shared words
   * there is no match). `additive`: weights of all factors sum to 1, unknown structure counts half (other kinds, where a
   * fitting class or amount is worth a proposal by itself).
   */
  readonly combine: 'text-bound' | 'additive';
  /** Scored by the learned model; what stands here is for pairs read without one. */
  readonly learned?: true;
  /** Sum of the factors → chance that people find the pair worth a conversation; fitted to test/relevance/kinds. */
  readonly calibration?: Logistic;
  readonly request: TextWeights;
  readonly text: readonly FactorWeight<TextFactor>[];
  readonly structure: readonly FactorWeight<StructuralCode>[];
  /** Checked in this order, before any score. */
  readonly exclusions: readonly KindExclusionCode[];
  /** Kinds of reasons a reader is shown, in this order. */
  readonly shown: readonly MatchReason['kind'][];
  /** Pairs below are not worth showing. */
  readonly minScore: number;
  /**
   * Words in common (0..1) that a pair needs: `alone`, or `beside` one of `structure` at more than ½. Absent: the score
   * alone decides.
   */
  readonly evidence?: {
    readonly alone: number;
    readonly beside: number;
    readonly structure: readonly StructuralCode[];
  };
}
