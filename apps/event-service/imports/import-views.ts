import type { ImportBatchView } from '#libs/contracts/imports/imports.js';
import { fileName } from '#libs/domain/text/file-name.js';

export const BATCH_COLUMNS = `
  SELECT b.id, b.kind, b.source, b.file_name, b.status, b.total, b.good, b.bad, b.processed, b.created, b.updated,
         b.unchanged, b.publish, b.record_kind, b.error, b.created_at, b.finished_at, p.name AS created_by
  FROM import_batch b LEFT JOIN person p ON p.id = b.created_by`;

export interface BatchRow extends Omit<
  ImportBatchView,
  'fileName' | 'createdBy' | 'createdAt' | 'finishedAt' | 'recordKind'
> {
  file_name: string;
  record_kind: ImportBatchView['recordKind'];
  created_by: string | null;
  created_at: Date;
  finished_at: Date | null;
}

export function batchView(row: BatchRow): ImportBatchView {
  const { file_name, record_kind, created_by, created_at, finished_at, ...same } = row;
  return {
    ...same,
    // Of batches from before names were cleaned, too.
    fileName: fileName(file_name),
    recordKind: record_kind,
    createdBy: created_by,
    createdAt: created_at.toISOString(),
    finishedAt: finished_at?.toISOString() ?? null,
  };
}
