import { z } from 'zod';
import { OFFER_KINDS, REQUEST_KINDS, WORK_KINDS } from '#libs/domain/market/record-kinds.js';
import type { OfferKind, RequestKind } from '#libs/domain/market/record-kinds.js';
import { blockText, code, day, line, lineText } from '../primitives.js';

export const offerKind = z.enum(OFFER_KINDS);
export const requestKind = z.enum(REQUEST_KINDS);

const codes = z.array(code).max(20);
const people = z.number().int().min(1).max(100_000).nullable();
const months = z.number().int().min(1).max(600).nullable();
const minutes = z.number().int().min(5).max(1440).nullable();
const wan = z.number().min(0).max(100_000_000).nullable();
const none = z.strictObject({});

const outreachFacts = z
  .strictObject({ grades: codes, subjects: codes, venues: codes, pupils: people, minutes })
  .partial();
const financingFacts = z
  .strictObject({
    financingKinds: codes,
    enterpriseStage: code.nullable(),
    revenueBand: code.nullable(),
    termMonths: months,
    securities: codes,
    qualifications: codes,
  })
  .partial();

/** What only needs of a kind state; a technology need has the common form alone. */
export const requestFactsOf = {
  technology: none,
  outreach: outreachFacts,
  financing: financingFacts,
} as const satisfies Record<RequestKind, z.ZodType>;
/** Facts of any kind of need; {@link requestFactsOf} says which of them a kind has. */
export const requestFacts = z.strictObject({ ...outreachFacts.shape, ...financingFacts.shape });

const expertFacts = z
  .strictObject({
    titleLevel: code.nullable(),
    position: lineText().max(100).nullable(),
    daysPerYear: z.number().int().min(1).max(366).nullable(),
    availableFrom: day.nullable(),
    availableTo: day.nullable(),
  })
  .partial();
const lessonFacts = z
  .strictObject({
    grades: codes,
    subjects: codes,
    venues: codes,
    pupilsMin: people,
    pupilsMax: people,
    minutes,
    availableFrom: day.nullable(),
    availableTo: day.nullable(),
    free: z.boolean(),
  })
  .partial();
const financeProductFacts = z
  .strictObject({
    financingKinds: codes,
    /** 万元. */
    amountMinWan: wan,
    amountMaxWan: wan,
    termMinMonths: months,
    termMaxMonths: months,
    /** One of them is enough. */
    securities: codes,
    stages: codes,
    revenueBands: codes,
    /** One of them is asked for; none when empty. */
    qualifications: codes,
    /** Yearly cost as published: LPR+20BP. */
    rate: lineText().max(60).nullable(),
  })
  .partial();

/** What only capabilities of a kind state. */
export const offerFactsOf = {
  achievement: none,
  expert: expertFacts,
  lesson: lessonFacts,
  'finance-product': financeProductFacts,
} as const satisfies Record<OfferKind, z.ZodType>;
/** Facts of any kind of capability; {@link offerFactsOf} says which of them a kind has. */
export const offerFacts = z.strictObject({
  ...expertFacts.shape,
  ...lessonFacts.shape,
  ...financeProductFacts.shape,
});

/** One work of an expert: a paper, project, patent or standard. */
export const expertWork = z.object({
  kind: z.enum(WORK_KINDS),
  title: line(300),
  abstract: blockText().max(4000).nullable(),
  year: z.number().int().min(1950).max(2100).nullable(),
});
export type ExpertWorkFields = z.infer<typeof expertWork>;
export const expertWorks = z.array(expertWork).max(100);

/** Code lists of the facts that hold codes. */
export const FACT_LISTS: Readonly<Record<string, string>> = {
  grades: 'school-stage',
  subjects: 'school-subject',
  venues: 'lesson-venue',
  titleLevel: 'expert-title',
  financingKinds: 'financing-kind',
  securities: 'security-kind',
  enterpriseStage: 'enterprise-stage',
  stages: 'enterprise-stage',
  revenueBand: 'revenue-band',
  revenueBands: 'revenue-band',
  qualifications: 'enterprise-status',
};
