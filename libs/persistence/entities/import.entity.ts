import { EntitySchema } from 'typeorm';
import { createdAt, id, integer, json, oneOf, refersTo, text, time, uuid } from '../columns.js';

export const IMPORT_STATUSES = ['previewed', 'queued', 'running', 'done', 'discarded', 'failed'] as const;

/** An uploaded file of needs or capabilities: parsed into rows for a preview, then imported by the worker. */
export interface ImportBatch {
  id: string;
  kind: 'need' | 'capability';
  /** Kind of the rows; null for a technology need or an achievement of batches from before there were kinds. */
  recordKind: string | null;
  source: string;
  fileName: string;
  status: (typeof IMPORT_STATUSES)[number];
  organisationId: string | null;
  total: number;
  good: number;
  bad: number;
  processed: number;
  created: number;
  updated: number;
  unchanged: number;
  publish: boolean;
  error: string | null;
  createdBy: string | null;
  createdAt: Date;
  finishedAt: Date | null;
}
export const ImportBatchEntity = new EntitySchema<ImportBatch>({
  name: 'import_batch',
  columns: {
    id: id(),
    kind: text(),
    recordKind: text({ nullable: true }),
    source: text(),
    fileName: text(),
    status: text({ default: 'previewed' }),
    organisationId: uuid({ nullable: true }),
    total: integer({ default: 0 }),
    good: integer({ default: 0 }),
    bad: integer({ default: 0 }),
    processed: integer({ default: 0 }),
    created: integer({ default: 0 }),
    updated: integer({ default: 0 }),
    unchanged: integer({ default: 0 }),
    publish: { type: 'boolean', default: false },
    error: text({ nullable: true }),
    createdBy: uuid({ nullable: true }),
    createdAt: createdAt(),
    finishedAt: time({ nullable: true }),
  },
  checks: [
    { name: 'import_batch_kind', expression: oneOf('kind', ['need', 'capability']) },
    { name: 'import_batch_status', expression: oneOf('status', IMPORT_STATUSES) },
  ],
  foreignKeys: [
    refersTo('person', 'createdBy', 'SET NULL'),
    refersTo('organisation', 'organisationId', 'SET NULL'),
  ],
});

export interface ImportProblem {
  field: string;
  code: string;
  value: string | null;
}
export interface ImportRow {
  batchId: string;
  rowNo: number;
  externalNo: string | null;
  /** The row as read from the file. */
  raw: Record<string, unknown>;
  /** Field values ready to store; null when the row is bad. */
  record: Record<string, unknown> | null;
  problems: ImportProblem[];
  outcome: 'waiting' | 'bad' | 'created' | 'updated' | 'unchanged';
  subjectId: string | null;
}
export const ImportRowEntity = new EntitySchema<ImportRow>({
  name: 'import_row',
  columns: {
    batchId: uuid({ primary: true }),
    rowNo: integer({ primary: true }),
    externalNo: text({ nullable: true }),
    raw: json(),
    record: json({ nullable: true }),
    problems: json({ default: () => "'[]'" }),
    outcome: text({ default: 'waiting' }),
    subjectId: uuid({ nullable: true }),
  },
  indices: [{ name: 'import_row_outcome', columns: ['batchId', 'outcome', 'rowNo'] }],
  checks: [
    {
      name: 'import_row_outcome_known',
      expression: oneOf('outcome', ['waiting', 'bad', 'created', 'updated', 'unchanged']),
    },
  ],
  foreignKeys: [refersTo('import_batch', 'batchId', 'CASCADE')],
});
