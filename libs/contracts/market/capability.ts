import { z } from 'zod';
import { code, lineText, pageOf, uuid } from '../primitives.js';
import { expertWork, expertWorks, offerFacts, offerKind } from './record-facts.js';
import {
  classified,
  codes,
  recordCard,
  recordVersion,
  recordView,
  text,
  wan,
  writableFields,
} from './market-record.js';

export const intellectualProperty = z.object({
  kind: code,
  name: lineText().min(1).max(200),
  number: lineText().max(60).nullable(),
  status: lineText().max(20).nullable(),
});
export type IntellectualProperty = z.infer<typeof intellectualProperty>;

/** Form of a capability (科技成果 / 能力). */
export const capabilityFields = writableFields
  .extend({
    abstract: text,
    market: text,
    useState: text,
    kind: code.nullable(),
    form: code.nullable(),
    stage: code.nullable(),
    trl: z.number().int().min(1).max(13).nullable(),
    transferModes: codes,
    /** 万元. */
    priceMinWan: wan,
    priceMaxWan: wan,
    priceNegotiable: z.boolean(),
    level: code.nullable(),
    ip: z.array(intellectualProperty).max(50),
    people: z.array(lineText().min(1).max(60)).max(30),
    /** What only capabilities of its kind state. */
    facts: offerFacts,
    /** Papers, projects, patents and standards of an expert. */
    works: expertWorks,
  })
  .partial();
export type CapabilityFields = z.infer<typeof capabilityFields>;

export const createCapabilityBody = capabilityFields.extend({
  organisationId: uuid.nullable(),
  /** Stays as it is chosen first. */
  offerKind: offerKind.default('achievement'),
  classified,
});
export type CreateCapabilityBody = z.infer<typeof createCapabilityBody>;
/** Any part of the form; `version` is the one that the change starts from. */
export const changeCapabilityBody = capabilityFields.extend({ version: recordVersion, classified });
export type ChangeCapabilityBody = z.infer<typeof changeCapabilityBody>;

export const capabilityView = recordView.extend({
  offerKind,
  facts: offerFacts.nullable(),
  works: z.array(expertWork).nullable(),
  capabilityNo: z.string().nullable(),
  abstract: z.string().nullable(),
  market: z.string().nullable(),
  useState: z.string().nullable(),
  kind: z.string().nullable(),
  form: z.string().nullable(),
  stage: z.string().nullable(),
  trl: z.number().nullable(),
  transferModes: z.array(z.string()).nullable(),
  priceMinWan: z.number().nullable(),
  priceMaxWan: z.number().nullable(),
  priceNegotiable: z.boolean().nullable(),
  level: z.string().nullable(),
  ip: z.array(intellectualProperty).nullable(),
  people: z.array(z.string()).nullable(),
});
export type CapabilityView = z.infer<typeof capabilityView>;

export const capabilityCard = recordCard.extend({
  offerKind,
  facts: offerFacts.nullable(),
  capabilityNo: z.string().nullable(),
  kind: z.string().nullable(),
  stage: z.string().nullable(),
  transferModes: z.array(z.string()).nullable(),
  trl: z.number().nullable(),
});
export const capabilityPage = pageOf(capabilityCard);
export type CapabilityPage = z.infer<typeof capabilityPage>;
