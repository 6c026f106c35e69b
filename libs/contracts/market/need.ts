import { z } from 'zod';
import { code, day, optionalLine, pageOf, uuid } from '../primitives.js';
import { requestFacts, requestKind } from './record-facts.js';
import {
  classified,
  codes,
  periodDay,
  recordCard,
  recordVersion,
  recordView,
  text,
  wan,
  writableFields,
} from './market-record.js';

/** Form of a technology need (企业技术需求). */
export const needFields = writableFields
  .extend({
    problem: text,
    expectedGoal: text,
    existingBasis: text,
    needKind: code.nullable(),
    solveModes: codes,
    activityType: code.nullable(),
    industry: code.nullable(),
    targetTrl: z.number().int().min(1).max(13).nullable(),
    /** 万元. */
    budgetMinWan: wan,
    budgetMaxWan: wan,
    budgetNegotiable: z.boolean(),
    periodStart: periodDay,
    periodEnd: periodDay,
    expiresAt: periodDay,
    preferredPartner: optionalLine(200),
    source: code.nullable(),
    /** What only needs of its kind state. */
    facts: requestFacts,
  })
  .partial();
export type NeedFields = z.infer<typeof needFields>;

export const createNeedBody = needFields.extend({
  organisationId: uuid.nullable(),
  /** Stays as it is chosen first. */
  requestKind: requestKind.default('technology'),
  classified,
});
export type CreateNeedBody = z.infer<typeof createNeedBody>;
/** Any part of the form; `version` is the one that the change starts from. */
export const changeNeedBody = needFields.extend({ version: recordVersion, classified });
export type ChangeNeedBody = z.infer<typeof changeNeedBody>;

/** POST /needs/:id/extend: the new last day on which the need is shown. */
export const extendNeedBody = z.object({ expiresAt: day });
export type ExtendNeedBody = z.infer<typeof extendNeedBody>;

export const needView = recordView.extend({
  requestKind,
  facts: requestFacts.nullable(),
  needNo: z.string().nullable(),
  problem: z.string().nullable(),
  expectedGoal: z.string().nullable(),
  existingBasis: z.string().nullable(),
  needKind: z.string().nullable(),
  solveModes: z.array(z.string()).nullable(),
  activityType: z.string().nullable(),
  industry: z.string().nullable(),
  targetTrl: z.number().nullable(),
  budgetMinWan: z.number().nullable(),
  budgetMaxWan: z.number().nullable(),
  budgetNegotiable: z.boolean().nullable(),
  periodStart: z.string().nullable(),
  periodEnd: z.string().nullable(),
  expiresAt: z.string().nullable(),
  preferredPartner: z.string().nullable(),
  source: z.string().nullable(),
});
export type NeedView = z.infer<typeof needView>;

export const needCard = recordCard.extend({
  requestKind,
  facts: requestFacts.nullable(),
  needNo: z.string().nullable(),
  needKind: z.string().nullable(),
  solveModes: z.array(z.string()).nullable(),
  targetTrl: z.number().nullable(),
});
export const needPage = pageOf(needCard);
export type NeedPage = z.infer<typeof needPage>;
