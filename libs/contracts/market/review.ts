import { z } from 'zod';
import { instant, lineText, pageOf, pageQuery, paragraph, queryFlag, uuid } from '../primitives.js';
import { subjectKind } from './market-record.js';

/** Questions for the authors, or a word with the publication. */
export const returnBody = z.object({ note: paragraph(2000).min(1) });
export const publishBody = z.object({ note: paragraph(2000).nullable().default(null) });

/** `status=draft` lists drafts that an import left, complete or not. */
export const reviewQuery = pageQuery.extend({
  kind: subjectKind.optional(),
  status: z.enum(['submitted', 'draft']).default('submitted'),
  source: z.string().max(200).optional(),
  complete: queryFlag.optional(),
});
export type ReviewQuery = z.infer<typeof reviewQuery>;

export const reviewRow = z.object({
  kind: subjectKind,
  id: uuid,
  title: z.string(),
  organisationName: z.string().nullable(),
  fields: z.array(z.string()),
  missing: z.array(z.string()),
  externalSource: z.string().nullable(),
  externalNo: z.string().nullable(),
  waitingSince: instant,
});
export type ReviewRow = z.infer<typeof reviewRow>;

export const reviewPage = pageOf(reviewRow).extend({
  /** Submitted records of each kind, and drafts of each import. */
  waiting: z.object({ need: z.number().int(), capability: z.number().int() }),
  sources: z.array(
    z.object({
      kind: subjectKind,
      source: z.string(),
      drafts: z.number().int(),
      complete: z.number().int(),
    }),
  ),
});
export type ReviewPage = z.infer<typeof reviewPage>;

/** Which submitted records and drafts to publish: named ones, or those of an import. */
export const bulkPublishBody = z.object({
  which: z.union([
    z.object({ ids: z.array(uuid).min(1).max(500) }),
    z.object({ importSource: lineText().min(1).max(200) }),
  ]),
  /** Publishes records that lack required fields too, as long as they have a title. */
  incompleteToo: z.boolean().default(false),
});
export type BulkPublishBody = z.infer<typeof bulkPublishBody>;

/** `skipped` counts records that were left as they are; the first hundred are named with what they lack. */
export const bulkPublished = z.object({
  published: z.number().int(),
  skipped: z.number().int(),
  left: z.array(z.object({ id: uuid, title: z.string(), missing: z.array(z.string()) })),
});
export type BulkPublished = z.infer<typeof bulkPublished>;
