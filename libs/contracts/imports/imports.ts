import { z } from 'zod';
import { offerKind, requestKind } from '../market/record-facts.js';
import { instant, lineText, pageOf, pageQuery, uuid } from '../primitives.js';

export const importKind = z.enum(['need', 'capability']);
export const importStatus = z.enum(['previewed', 'queued', 'running', 'done', 'discarded', 'failed']);
export const importOutcome = z.enum(['waiting', 'bad', 'created', 'updated', 'unchanged']);

const recordKind = z.union([requestKind, offerKind]);
const ofSide = ({ kind, recordKind: of }: { kind: 'need' | 'capability'; recordKind?: string | undefined }) =>
  of === undefined || requestKind.safeParse(of).success === (kind === 'need');

/** Fields beside the file of POST /api/organizer/imports (multipart/form-data). */
export const importUpload = z
  .object({
    kind: importKind,
    /** What the rows are; technology needs or achievements when it is left out. Experts: a row per work. */
    recordKind: recordKind.optional(),
    /** Where the rows come from; together with the row's own number it names a record for good. */
    source: lineText().min(1).max(60),
    /** Organisation for rows that name none. */
    organisationId: uuid.nullable().default(null),
  })
  .refine(ofSide, { path: ['recordKind'], message: '与导入内容不符 / belongs to the other side' });

export const importBatchView = z.object({
  id: uuid,
  kind: importKind,
  /** Null for batches from before there were kinds. */
  recordKind: recordKind.nullable(),
  source: z.string(),
  fileName: z.string(),
  status: importStatus,
  total: z.number().int(),
  good: z.number().int(),
  bad: z.number().int(),
  processed: z.number().int(),
  created: z.number().int(),
  updated: z.number().int(),
  unchanged: z.number().int(),
  publish: z.boolean(),
  error: z.string().nullable(),
  createdBy: z.string().nullable(),
  createdAt: instant,
  finishedAt: instant.nullable(),
});
export type ImportBatchView = z.infer<typeof importBatchView>;
export const importBatchPage = pageOf(importBatchView);
export const importBatchDetail = importBatchView.extend({
  /** Columns of the file that are not read, as it names them. */
  ignoredColumns: z.array(z.string()),
});
export type ImportBatchDetail = z.infer<typeof importBatchDetail>;

export const importProblem = z.object({ field: z.string(), code: z.string(), value: z.string().nullable() });

export const importRowView = z.object({
  rowNo: z.number().int(),
  externalNo: z.string().nullable(),
  title: z.string().nullable(),
  organisation: z.string().nullable(),
  /** What importing will do, before; what it did, after. */
  outcome: importOutcome,
  /** Required fields that stay empty: the row becomes an incomplete draft. */
  missing: z.array(z.string()),
  /** What no indicator was recognised in; it is kept with the technical key points. */
  unread: z.array(z.string()),
  problems: z.array(importProblem),
  subjectId: uuid.nullable(),
});
export type ImportRowView = z.infer<typeof importRowView>;
export const importRowPage = pageOf(importRowView);
export const importRowQuery = pageQuery.extend({ outcome: importOutcome.optional() });

/** `publish`: complete and incomplete rows alike are published at once; else they become drafts. */
export const startImport = z.object({ publish: z.boolean().default(false) });

export const exportQuery = z.object({
  kind: importKind,
  /** Technology needs or achievements when it is left out. */
  recordKind: recordKind.optional(),
  format: z.enum(['xlsx', 'csv', 'jsonl']).default('xlsx'),
  source: lineText().max(60).optional(),
  status: lineText().max(20).optional(),
});
