import type { UnknownReason } from '#libs/domain/indicators/compare-indicator.js';
import type { Indicator, IndicatorComparator } from '#libs/domain/indicators/indicator.js';
import type {
  ExpertWork,
  OfferFacts,
  OfferKind,
  RequestFacts,
  RequestKind,
  WorkKind,
} from '#libs/domain/market/record-kinds.js';
import type { MatchAdvice } from './advise-match.js';
import type { PairRules } from './pair-rules.js';
import type { PriceFit } from './price-fit.js';

/** A technical field that stands for a code of another list, by a crosswalk. */
export interface MappedField {
  readonly list: string;
  readonly from: string;
  readonly code: string;
  readonly relation: 'exact' | 'close' | 'related';
}

/** A published technology need, as the matcher sees it. Unknown structure is null or empty, never a mismatch. */
export interface MatchNeed {
  id: string;
  version: number;
  organisationId: string | null;
  title: string;
  body: string;
  keywords: readonly string[];
  /** Paths in the list of technical fields, dots between levels: `04.02`. */
  fields: readonly string[];
  /** What it states in other lists (industry), as technical fields; absent means none. */
  mappedFields?: readonly MappedField[];
  /** Administrative division code (GB/T 2260). */
  regionCode: string | null;
  trlScheme: string | null;
  targetTrl: number | null;
  /** Codes of the ways the need's owner would work together. */
  solveModes: readonly string[];
  indicators: readonly Indicator[];
  expiresAt: Date | null;
  /** Absent means technology. */
  requestKind?: RequestKind;
  facts?: RequestFacts;
  /** 10,000 CNY: the budget, of a financing need the amount looked for; absent or null is unknown or open to talks. */
  budgetMin?: number | null;
  budgetMax?: number | null;
  /** The budget is open to talks: nothing is missing where it is not stated. */
  budgetNegotiable?: boolean;
  /** Days YYYY-MM-DD between which it is to happen; absent or null is open. */
  periodStart?: string | null;
  periodEnd?: string | null;
}

/** What an institute can do or has to offer. */
export interface MatchCapability {
  id: string;
  version: number;
  organisationId: string | null;
  title: string;
  text: string;
  keywords: readonly string[];
  fields: readonly string[];
  regionCode: string | null;
  trlScheme: string | null;
  trl: number | null;
  /** Codes of the ways the result may be transferred. */
  transferModes: readonly string[];
  indicators: readonly Indicator[];
  /** Absent means published. */
  published?: boolean;
  /** Absent or null means it does not expire. */
  expiresAt?: Date | null;
  /** 10,000 CNY; absent or null is unknown or open to talks. */
  priceMin?: number | null;
  priceMax?: number | null;
  /** The price is open to talks: nothing is missing where it is not stated. */
  priceNegotiable?: boolean;
  /** Last edit; absent or null is unknown. */
  updatedAt?: Date | null;
  /** Talks under way and how many are possible at a time; absent or null where no limit is stated. */
  openTalks?: { readonly limit: number; readonly open: number } | null;
  /** Absent means achievement. */
  offerKind?: OfferKind;
  facts?: OfferFacts;
  /** Of an expert; their words are part of `text` too. */
  works?: readonly ExpertWork[];
}

/** Why two records that are on the market cannot serve each other, by what their kinds state. */
export type KindExclusionCode =
  'other-kind' | 'no-common-grade' | 'no-common-venue' | 'not-available' | 'amount-out-of-range';

export type FactorCode =
  | 'base'
  | 'lexical'
  | 'semantic'
  | 'vectors'
  | 'feedback'
  | 'works'
  | 'keywords'
  | 'field'
  | 'indicators'
  | 'maturity'
  | 'mode'
  | 'region'
  | 'price'
  | 'title'
  | 'availability'
  | 'recency'
  | 'load'
  | 'grade'
  | 'subject'
  | 'venue'
  | 'group'
  | 'dates'
  | 'amount'
  | 'financing'
  | 'security'
  | 'stage'
  | 'qualification'
  | 'revenue'
  | 'term';

/** One part of a score. `value` is 0..1; a structural value below ½ speaks against the match. */
export interface MatchFactor {
  code: FactorCode;
  weight: number;
  value: number;
  contribution: number;
}

export type NeedField = 'title' | 'keywords' | 'body';
export type CapabilityField = 'title' | 'keywords' | 'text';

/** UTF-16 offsets in a field as it was written; `item` is the index in `keywords`, otherwise 0. */
export interface TermPosition<Field extends string> {
  field: Field;
  item: number;
  start: number;
  end: number;
}

export interface SharedTerm {
  /** As the need's author wrote it. */
  term: string;
  /** As the capability's author wrote it, where that is another name of the same. */
  also?: string;
  /** Share of the pair's shared weight, 0..1. */
  share: number;
  /** Fields of the capability that hold the term. */
  fields: CapabilityField[];
  needPositions: TermPosition<NeedField>[];
  capabilityPositions: TermPosition<CapabilityField>[];
}

export interface StatedBound {
  comparator: IndicatorComparator;
  value: number;
  valueHigh: number | null;
  unit: string | null;
}

export type MatchReason =
  | { kind: 'terms'; terms: SharedTerm[] }
  | {
      kind: 'indicator';
      name: string;
      needText: string;
      /** Null when the capability states nothing of that name. */
      capabilityText: string | null;
      /** What the capability calls it, where that is another name; absent in reasons of before. */
      capabilityName?: string | null;
      outcome: 'met' | 'not_met' | 'unknown';
      /** Why nothing follows from what is stated; absent in reasons of before. */
      unclear?: UnknownReason | null;
      /** What it would be if both names mean the same; absent in reasons of before. */
      supposed?: 'met' | 'not_met' | null;
      need: StatedBound;
      capability: StatedBound | null;
      margin: number | null;
    }
  | { kind: 'maturity'; scheme: string; have: number; want: number; met: boolean }
  /** Without the figures: they are sealed, and so is what this tells of them. */
  | { kind: 'price'; fit: PriceFit }
  | { kind: 'field'; codes: string[] }
  /** No field in common, but what the need states in another list stands for fields of the capability. */
  | { kind: 'crosswalk'; list: string; from: string; codes: string[] }
  | { kind: 'mode'; codes: string[]; compatible: boolean }
  | { kind: 'region'; code: string; same: boolean }
  /** A stated fact of the pair's kinds: what both have in common, or what the offer states. */
  | {
      kind: 'fact';
      factor: FactorCode;
      fits: boolean;
      /** Code list of `codes`, null when there are none. */
      list: string | null;
      codes: string[];
      /** What the offer states, in figures that read alike in every language: `20–45`, `2026-12-01–2027-01-15`. */
      stated: string | null;
      /** It fits by the steps of amounts only. */
      nearly?: true;
    }
  /** An expert's works nearest to the need; `share` of the best one's score. */
  | { kind: 'works'; works: { title: string; workKind: WorkKind; year: number | null; share: number }[] }
  | { kind: 'uncovered'; terms: string[] }
  /** Near-identical capabilities of the same organisation that are not listed beside this one. */
  | { kind: 'duplicates'; capabilityIds: string[] }
  /** Listed later than its score says: so many of the same organisation on the same theme come before. */
  | { kind: 'deferred'; behind: number }
  | MatchAdvice;

export interface MatchCandidate {
  capabilityId: string;
  capabilityVersion: number;
  needId: string;
  needVersion: number;
  /** Results of each kind are ranked on their own. */
  offerKind: OfferKind;
  /** 0..1, the sum of the contributions. */
  score: number;
  factors: MatchFactor[];
  reasons: MatchReason[];
}

/** For each solve mode of needs, the transfer modes that can serve it. */
export type ModeMapping = Readonly<Record<string, readonly string[]>>;

export interface MatchOptions {
  now: Date;
  modeMapping: ModeMapping;
  /** Most candidates returned; 50 when absent. */
  limit?: number;
  /** Candidates below are not returned; 0 when absent (those that share nothing are never returned). */
  minScore?: number;
  /** Also pairs below the least score of their kind of offer, which no list shows; not when absent. */
  anyScore?: boolean;
  /** Hard rules beyond what the two records say; none when absent. */
  rules?: PairRules;
}
