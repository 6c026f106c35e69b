import { z } from 'zod';
import {
  blockText,
  code,
  day,
  instant,
  lineText,
  optionalLine,
  pageQuery,
  queryFlag,
  queryList,
  uuid,
} from '../primitives.js';
import { indicatorFields, indicatorInput } from './indicator.js';

/** What needs and capabilities have in common. */
export const subjectKind = z.enum(['need', 'capability']);
export const disclosure = z.enum(['public', 'redacted', 'directed', 'closed']);
export const marketAction = z.enum(['edit', 'submit', 'withdraw', 'return', 'publish', 'extend', 'grant']);
export const trlScheme = z.enum(['trl-iso', 'trl-gbt22900']);

export const text = blockText().max(4000).nullable();
export const codes = z.array(code).max(20);
export const wan = z.number().min(0).max(100_000_000).nullable();
const distinct = (values: readonly string[]) => new Set(values).size === values.length;

/** Fields of both forms that may be written; everything may be left out. */
export const writableFields = z.object({
  title: lineText().max(200),
  keyTech: text,
  publicSummary: text,
  keywords: z.array(lineText().min(1).max(40)).max(5).refine(distinct, { message: 'field.twice' }),
  fields: codes,
  regionCode: code.nullable(),
  trlScheme: trlScheme.nullable(),
  disclosure,
  contactName: optionalLine(60),
  contactPhone: optionalLine(40),
  contactEmail: z.union([z.literal(''), z.email().max(200)]).nullable(),
  indicators: z.array(indicatorInput).max(40),
});

/** Goes with every creation and change: what concerns state secrets is refused and not stored. */
export const classified = z.boolean().optional();
export const recordVersion = z.number().int().min(1);

const nullableTexts = z.array(z.string()).nullable();

/** Fields of both views; a hidden field is null and named in `sealed`. */
export const recordView = z.object({
  id: uuid,
  status: z.string(),
  title: z.string(),
  publicSummary: z.string().nullable(),
  keywords: z.array(z.string()),
  fields: z.array(z.string()),
  regionCode: z.string().nullable(),
  trlScheme: z.string().nullable(),
  disclosure,
  version: z.number().int(),
  publishedAt: instant.nullable(),
  createdAt: instant,
  updatedAt: instant,
  organisationId: uuid.nullable(),
  organisationName: z.string().nullable(),
  externalSource: z.string().nullable(),
  externalNo: z.string().nullable(),
  keyTech: z.string().nullable(),
  indicators: z.array(indicatorFields).nullable(),
  contactName: z.string().nullable(),
  contactPhone: z.string().nullable(),
  contactEmail: z.string().nullable(),
  submittedAt: instant.nullable(),
  /** Required fields that are empty; only for those who may read everything. */
  missing: nullableTexts,
  sealed: z.array(z.string()),
  /** How much of the record this answer holds. */
  readable: z.enum(['redacted', 'full', 'sealed-too']),
  actions: z.array(marketAction),
  reviews: z.array(
    z.object({
      outcome: z.enum(['published', 'returned', 'withdrawn']),
      note: z.string().nullable(),
      reviewer: z.string().nullable(),
      at: instant,
    }),
  ),
});

/** A row of a list. */
export const recordCard = z.object({
  id: uuid,
  status: z.string(),
  title: z.string(),
  /** The summary, or the beginning of a public text. */
  excerpt: z.string().nullable(),
  keywords: z.array(z.string()),
  fields: z.array(z.string()),
  regionCode: z.string().nullable(),
  trlScheme: z.string().nullable(),
  disclosure,
  organisationName: z.string().nullable(),
  missing: nullableTexts,
  publishedAt: instant.nullable(),
  updatedAt: instant,
  sealed: z.array(z.string()),
});

/** `field` finds the field and everything below it, `region` the region and everything inside. */
export const recordQuery = pageQuery.extend({
  field: code.optional(),
  /** Kind of record: technology, outreach, financing; achievement, expert, lesson, finance-product. */
  recordKind: code.optional(),
  kind: code.optional(),
  region: code.optional(),
  mode: code.optional(),
  status: queryList(z.string().max(20)),
  mine: queryFlag.optional(),
});

/** Gives sight of the sealed fields: to an organisation (id or full name) or to a person (e-mail). */
export const grantBody = z.object({
  to: z.union([z.object({ organisationId: uuid }), z.object({ name: lineText().min(1).max(200) })]),
  reason: blockText().min(1).max(300),
});
export type GrantBody = z.infer<typeof grantBody>;
export const grantView = z.object({
  id: uuid,
  organisationName: z.string().nullable(),
  personName: z.string().nullable(),
  reason: z.string(),
  grantedBy: z.string().nullable(),
  createdAt: instant,
});
export const grantList = z.object({ grants: z.array(grantView) });
export type GrantList = z.infer<typeof grantList>;
export const grantParams = z.object({ id: uuid, grantId: uuid });

export const periodDay = day.nullable();
