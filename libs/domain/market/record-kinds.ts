/** What a record of the capability side offers: a result of research, a person, a lesson for schools, money. */
export const OFFER_KINDS = ['achievement', 'expert', 'lesson', 'finance-product'] as const;
export type OfferKind = (typeof OFFER_KINDS)[number];

/** What a record of the need side asks for: a technology, an outreach activity of a school, financing. */
export const REQUEST_KINDS = ['technology', 'outreach', 'financing'] as const;
export type RequestKind = (typeof REQUEST_KINDS)[number];

export type RecordKind = OfferKind | RequestKind;

/** Facts of needs beyond the common form; which of them a need has depends on its kind. Lists hold codes. */
export interface RequestFacts {
  /** Outreach: list school-stage. */
  readonly grades?: readonly string[];
  /** Outreach: list school-subject. */
  readonly subjects?: readonly string[];
  /** Outreach: list lesson-venue. */
  readonly venues?: readonly string[];
  /** Outreach: pupils who take part. */
  readonly pupils?: number | null;
  /** Outreach: length wished, minutes. */
  readonly minutes?: number | null;
  /** Financing: list financing-kind. */
  readonly financingKinds?: readonly string[];
  /** Financing: list enterprise-stage. */
  readonly enterpriseStage?: string | null;
  /** Financing: list revenue-band. */
  readonly revenueBand?: string | null;
  /** Financing: months. */
  readonly termMonths?: number | null;
  /** Financing: what can be given as security, list security-kind. */
  readonly securities?: readonly string[];
  /** Financing: list enterprise-status. */
  readonly qualifications?: readonly string[];
}

/** Facts of capabilities beyond the common form. */
export interface OfferFacts {
  /** Expert: list expert-title. */
  readonly titleLevel?: string | null;
  /** Expert: 职务. */
  readonly position?: string | null;
  /** Expert: days a year for others' problems. */
  readonly daysPerYear?: number | null;
  /** Expert and lesson: days YYYY-MM-DD between which they can be asked for. */
  readonly availableFrom?: string | null;
  readonly availableTo?: string | null;
  /** Lesson. */
  readonly grades?: readonly string[];
  readonly subjects?: readonly string[];
  readonly venues?: readonly string[];
  readonly pupilsMin?: number | null;
  readonly pupilsMax?: number | null;
  readonly minutes?: number | null;
  readonly free?: boolean;
  /** Finance product: 万元. */
  readonly amountMinWan?: number | null;
  readonly amountMaxWan?: number | null;
  readonly financingKinds?: readonly string[];
  readonly stages?: readonly string[];
  readonly revenueBands?: readonly string[];
  readonly termMinMonths?: number | null;
  readonly termMaxMonths?: number | null;
  /** Finance product: securities of which one is enough. */
  readonly securities?: readonly string[];
  /** Finance product: qualifications of which one is asked for; empty asks for none. */
  readonly qualifications?: readonly string[];
  /** Finance product: yearly cost as published, e.g. LPR+20BP. */
  readonly rate?: string | null;
}

export const WORK_KINDS = ['paper', 'project', 'patent', 'standard'] as const;
export type WorkKind = (typeof WORK_KINDS)[number];

/** One work of an expert: a paper, project, patent or standard. */
export interface ExpertWork {
  readonly kind: WorkKind;
  readonly title: string;
  readonly abstract: string | null;
  readonly year: number | null;
}
