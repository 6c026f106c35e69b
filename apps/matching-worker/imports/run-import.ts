import type { EntityManager } from 'typeorm';
import type { Indicator } from '#libs/domain/indicators/indicator.js';
import type { ImportKind } from '#libs/domain/imports/import-fields.js';
import { writeAudit } from '#libs/persistence/audit/write-audit.js';
import {
  saveImportedRows,
  type ReadyRow,
  type SavedRow,
} from '#libs/persistence/imports/save-imported-rows.js';
import { publishImported } from '#libs/persistence/imports/publish-imported.js';
import { queueMatchRun } from '#libs/persistence/matching/queue-match-run.js';
import type { Transactions } from '#libs/platform/database/transactions.js';

const CHUNK = 250;

interface Batch {
  id: string;
  kind: ImportKind;
  source: string;
  publish: boolean;
  created_by: string | null;
}

interface WaitingRow {
  row_no: number;
  external_no: string;
  raw: Record<string, unknown>;
  record: { organisationId: string | null; values: Record<string, unknown>; indicators: Indicator[] };
}

/**
 * Imports what still waits of a batch, a chunk per transaction: after a crash the next run goes on where the last
 * commit was. Returns the match runs to wake.
 */
export async function runImport(transactions: Transactions, batchId: string, now: Date): Promise<string[]> {
  const [batches] = await transactions.manager.query<[Batch[], number]>(
    `UPDATE import_batch SET status = 'running' WHERE id = $1 AND status IN ('queued', 'running')
     RETURNING id, kind, source, publish, created_by`,
    [batchId],
  );
  const batch = batches[0];
  if (batch === undefined) return [];
  while (await transactions.run(({ manager }) => importChunk(manager, batch, now))) {
    // Each turn commits a chunk.
  }
  return transactions.run(({ manager }) => finish(manager, batch, now));
}

/** Imports the next rows; false when none is left. */
async function importChunk(manager: EntityManager, batch: Batch, now: Date): Promise<boolean> {
  const waiting = await manager.query<WaitingRow[]>(
    `SELECT row_no, external_no, raw, record FROM import_row
     WHERE batch_id = $1 AND outcome = 'waiting' ORDER BY row_no LIMIT ${CHUNK} FOR UPDATE SKIP LOCKED`,
    [batch.id],
  );
  if (waiting.length === 0) return false;
  const rows: ReadyRow[] = waiting.map((row) => ({
    rowNo: row.row_no,
    externalNo: row.external_no,
    organisationId: row.record.organisationId,
    raw: row.raw,
    record: row.record.values,
    indicators: row.record.indicators,
  }));
  const saved = await saveImportedRows(manager, batch.kind, batch.source, rows, batch.created_by);
  if (batch.publish) await publishImported(manager, batch.kind, idsToPublish(saved), now);
  await manager.query(
    `UPDATE import_row r SET outcome = s.outcome, subject_id = s.subject_id
     FROM jsonb_to_recordset($2::jsonb) AS s(row_no integer, outcome text, subject_id uuid)
     WHERE r.batch_id = $1 AND r.row_no = s.row_no`,
    [
      batch.id,
      JSON.stringify(saved.map((s) => ({ row_no: s.rowNo, outcome: s.outcome, subject_id: s.subjectId }))),
    ],
  );
  const count = (outcome: SavedRow['outcome']) => saved.filter((row) => row.outcome === outcome).length;
  await manager.query(
    `UPDATE import_batch SET processed = processed + $2, created = created + $3, updated = updated + $4,
       unchanged = unchanged + $5 WHERE id = $1`,
    [batch.id, saved.length, count('created'), count('updated'), count('unchanged')],
  );
  return true;
}

const idsToPublish = (saved: readonly SavedRow[]) =>
  saved.filter((row) => !row.published).map((row) => row.subjectId);

async function finish(manager: EntityManager, batch: Batch, now: Date): Promise<string[]> {
  const [done] = await manager.query<[{ created: number; updated: number; unchanged: number }[], number]>(
    `UPDATE import_batch SET status = 'done', finished_at = $2 WHERE id = $1 AND status = 'running'
       AND NOT EXISTS (SELECT 1 FROM import_row WHERE batch_id = $1 AND outcome = 'waiting')
     RETURNING created, updated, unchanged`,
    [batch.id, now],
  );
  if (done[0] === undefined) return [];
  await writeAudit(manager, {
    actorId: batch.created_by,
    action: 'finish-import',
    subjectKind: 'import_batch',
    subjectId: batch.id,
    detail: { ...done[0] },
  });
  const changed = await manager.query<{ found: boolean }[]>(
    `SELECT EXISTS (SELECT 1 FROM import_row r JOIN ${batch.kind} s ON s.id = r.subject_id
       WHERE r.batch_id = $1 AND r.outcome IN ('created', 'updated') AND s.status = 'published') AS found`,
    [batch.id],
  );
  if (!changed[0]!.found) return [];
  const run = await queueMatchRun(manager, { scope: 'all', subjectId: null, requestedBy: batch.created_by });
  return run === null ? [] : [run];
}
