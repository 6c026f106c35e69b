import { z } from 'zod';
import { instant, pageOf, pageQuery, uuid } from '../primitives.js';

export const importKind = z.enum(['need', 'capability']);
export const importStatus = z.enum(['previewed', 'queued', 'running', 'done', 'discarded', 'failed']);
export const importOutcome = z.enum(['waiting', 'bad', 'created', 'updated', 'unchanged']);

/** Fields beside the file of POST /api/organizer/imports (multipart/form-data). */
export const importUpload = z.object({
  kind: importKind,
  /** Where the rows come from; together with the row's own number it names a record for good. */
  source: z.string().trim().min(1).max(60),
  /** Organisation for rows that name none. */
  organisationId: uuid.nullable().default(null),
});

export const importBatchView = z.object({
  id: uuid,
  kind: importKind,
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
  format: z.enum(['xlsx', 'csv', 'jsonl']).default('xlsx'),
  source: z.string().trim().max(60).optional(),
  status: z.string().trim().max(20).optional(),
});
