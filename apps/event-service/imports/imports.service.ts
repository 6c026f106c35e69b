import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { z } from 'zod';
import { AppError } from '#libs/contracts/app-error.js';
import type {
  importRowQuery,
  importUpload,
  ImportBatchDetail,
  ImportBatchView,
  ImportRowView,
} from '#libs/contracts/imports/imports.js';
import type { CodeListsView } from '#libs/contracts/codes/code-list-view.js';
import type { Actor } from '#libs/domain/access/actor.js';
import { ignoredColumns, titleOfRow } from '#libs/domain/imports/read-import-row.js';
import { writeAudit } from '#libs/persistence/audit/write-audit.js';
import { missingOf } from '#libs/persistence/imports/save-imported-rows.js';
import { Transactions } from '#libs/platform/database/transactions.js';
import type { RecordKind } from '#libs/domain/market/record-kinds.js';
import type { CodeLookup, ImportProblem } from '#libs/domain/imports/import-problem.js';
import { JobQueue } from '#libs/platform/queue/job-queue.js';
import { CodesService } from '../codes/codes.service.js';
import { batchView, BATCH_COLUMNS, type BatchRow } from './import-views.js';
import { parseImportFile } from './parse-file.js';
import { refuseOwnRecords } from './refuse-own-records.js';
import { prepareRows, type OrganisationLookup, type PreparedRow } from './prepare-rows.js';

type Upload = z.infer<typeof importUpload>;
type RowQuery = z.infer<typeof importRowQuery>;

interface RowRecord {
  row_no: number;
  external_no: string | null;
  raw: Record<string, unknown>;
  record: {
    organisation: string | null;
    organisationId: string | null;
    values: Record<string, unknown>;
    unread?: string[];
  } | null;
  problems: ImportProblem[];
  outcome: ImportRowView['outcome'];
  subject_id: string | null;
}

/** Upload, preview, start and discard of import batches; the worker imports what was started. */
@Injectable()
export class ImportsService {
  constructor(
    private readonly transactions: Transactions,
    private readonly queue: JobQueue,
    private readonly codes: CodesService,
  ) {}

  async upload(
    actor: Actor,
    fields: Upload,
    file: { name: string; bytes: Buffer },
  ): Promise<ImportBatchDetail> {
    const raw = await parseImportFile(file.name, file.bytes);
    const lookup = lookupOf(await this.codes.list());
    const id = await this.transactions.run(async ({ manager }) => {
      const organisations = await this.organisationsOf(manager, fields.organisationId);
      const prepared = prepareRows(fields.kind, recordKindOf(fields), raw, lookup, organisations);
      const rows = await refuseOwnRecords(manager, fields.kind, prepared);
      return this.store(manager, actor, fields, file.name, rows);
    });
    return this.read(id);
  }

  async read(id: string): Promise<ImportBatchDetail> {
    const rows = await this.transactions.manager.query<BatchRow[]>(`${BATCH_COLUMNS} WHERE b.id = $1`, [id]);
    if (rows[0] === undefined) throw new AppError('record.not-found', { what: '导入批次' });
    const batch = batchView(rows[0]);
    // Of use only before the import; afterwards the page asks often and this reads every row.
    if (batch.status !== 'previewed') return { ...batch, ignoredColumns: [] };
    const columns = await this.transactions.manager.query<{ name: string }[]>(
      'SELECT DISTINCT key AS name FROM import_row, jsonb_object_keys(raw) key WHERE batch_id = $1 ORDER BY key',
      [id],
    );
    const names = columns.map(({ name }) => name);
    return { ...batch, ignoredColumns: ignoredColumns(batch.kind, names, batch.recordKind) };
  }

  async list(
    page: number,
    pageSize: number,
  ): Promise<{ rows: ImportBatchView[]; total: number; page: number; pageSize: number }> {
    const manager = this.transactions.manager;
    const [count] = await manager.query<{ total: number }[]>(
      'SELECT count(*)::int AS total FROM import_batch',
    );
    const rows = await manager.query<BatchRow[]>(
      `${BATCH_COLUMNS} ORDER BY b.created_at DESC, b.id DESC LIMIT $1 OFFSET $2`,
      [pageSize, (page - 1) * pageSize],
    );
    return { rows: rows.map(batchView), total: count!.total, page, pageSize };
  }

  async rows(
    id: string,
    query: RowQuery,
  ): Promise<{ rows: ImportRowView[]; total: number; page: number; pageSize: number }> {
    const batch = await this.read(id);
    const where = `batch_id = $1 AND ($2::text IS NULL OR outcome = $2)
      AND ($3::text IS NULL OR raw::text ILIKE '%' || $3 || '%')`;
    const values = [id, query.outcome ?? null, query.q === undefined || query.q === '' ? null : query.q];
    const manager = this.transactions.manager;
    const [count] = await manager.query<{ total: number }[]>(
      `SELECT count(*)::int AS total FROM import_row WHERE ${where}`,
      values,
    );
    const rows = await manager.query<RowRecord[]>(
      `SELECT row_no, external_no, raw, record, problems, outcome, subject_id FROM import_row WHERE ${where}
       ORDER BY row_no LIMIT $4 OFFSET $5`,
      [...values, query.pageSize, (query.page - 1) * query.pageSize],
    );
    return {
      rows: rows.map((row) => rowView(batch, row)),
      total: count!.total,
      page: query.page,
      pageSize: query.pageSize,
    };
  }

  async start(actor: Actor, id: string, publish: boolean): Promise<ImportBatchDetail> {
    const batch = await this.read(id);
    if (batch.status === 'previewed' && batch.good === 0) throw new AppError('import.nothing-good');
    await this.change(actor, id, 'queued', 'start-import', publish);
    await this.queue.wake('import-batch', [id]);
    return this.read(id);
  }

  async discard(actor: Actor, id: string): Promise<ImportBatchDetail> {
    await this.change(actor, id, 'discarded', 'discard-import', false);
    return this.read(id);
  }

  private async change(
    actor: Actor,
    id: string,
    status: 'queued' | 'discarded',
    action: string,
    publish: boolean,
  ): Promise<void> {
    await this.transactions.run(async ({ manager }) => {
      const [changed] = await manager.query<[unknown[], number]>(
        `UPDATE import_batch SET status = $2, publish = $3 WHERE id = $1 AND status = 'previewed' RETURNING id`,
        [id, status, publish],
      );
      if (changed.length === 0) throw new AppError('import.not-startable');
      await writeAudit(manager, {
        actorId: actor.personId,
        action,
        subjectKind: 'import_batch',
        subjectId: id,
        detail: { publish },
      });
    });
  }

  private async organisationsOf(
    manager: EntityManager,
    fallback: string | null,
  ): Promise<OrganisationLookup> {
    const rows = await manager.query<{ id: string; name: string; uscc: string | null }[]>(
      'SELECT id, name, uscc FROM organisation ORDER BY created_at DESC, id DESC',
    );
    if (fallback !== null && !rows.some((row) => row.id === fallback)) {
      throw new AppError('record.not-found', { what: '机构' });
    }
    const byName = new Map<string, string>();
    for (const row of rows) {
      byName.set(row.name, row.id);
      if (row.uscc !== null) byName.set(row.uscc, row.id);
    }
    return { byName, fallback };
  }

  private async store(
    manager: EntityManager,
    actor: Actor,
    fields: Upload,
    fileName: string,
    rows: readonly PreparedRow[],
  ): Promise<string> {
    const bad = rows.filter((row) => row.record === null).length;
    const [batch] = await manager.query<{ id: string }[]>(
      `INSERT INTO import_batch (kind, source, file_name, organisation_id, total, good, bad, created_by, record_kind)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) RETURNING id`,
      [
        fields.kind,
        fields.source,
        fileName,
        fields.organisationId,
        rows.length,
        rows.length - bad,
        bad,
        actor.personId,
        recordKindOf(fields),
      ],
    );
    const id = batch!.id;
    for (let from = 0; from < rows.length; from += 1000) {
      const part = rows.slice(from, from + 1000).map((row) => ({
        row_no: row.rowNo,
        external_no: row.externalNo,
        raw: row.raw,
        record: row.record,
        problems: row.problems,
        outcome: row.record === null ? 'bad' : 'waiting',
      }));
      await manager.query(
        `INSERT INTO import_row (batch_id, row_no, external_no, raw, record, problems, outcome)
         SELECT $1, row_no, external_no, raw, record, problems, outcome FROM jsonb_to_recordset($2::jsonb)
           AS r(row_no integer, external_no text, raw jsonb, record jsonb, problems jsonb, outcome text)`,
        [id, JSON.stringify(part)],
      );
    }
    await writeAudit(manager, {
      actorId: actor.personId,
      action: 'upload-import',
      subjectKind: 'import_batch',
      subjectId: id,
      detail: { fileName, total: rows.length, bad },
    });
    return id;
  }
}

/** What the rows are: chosen with the file, or what the side had before there were kinds. */
const recordKindOf = ({ kind, recordKind }: Upload): RecordKind =>
  recordKind ?? (kind === 'need' ? 'technology' : 'achievement');

function rowView(batch: ImportBatchView, row: RowRecord): ImportRowView {
  const values = row.record?.values ?? {};
  return {
    rowNo: row.row_no,
    externalNo: row.external_no,
    title: titleOfRow(batch.kind, row.raw, batch.recordKind),
    organisation: row.record?.organisation ?? null,
    outcome: row.outcome,
    missing: row.record === null ? [] : missingOf(batch.kind, values, row.record.organisationId),
    unread: row.record?.unread ?? [],
    problems: row.problems,
    subjectId: row.subject_id,
  };
}

/** Finds codes by code, Chinese or English word, among those that may be chosen now. */
export function lookupOf(lists: CodeListsView): CodeLookup {
  const tables = new Map<string, Map<string, string>>();
  for (const [list, { items }] of Object.entries(lists)) {
    const active = items.filter((item) => item.active);
    const words = active.flatMap((item): [string, string][] => [
      [item.en.toLowerCase(), item.code],
      [item.zh.replace(/[（(].*[)）]$/, ''), item.code],
      [item.zh, item.code],
      [item.code, item.code],
    ]);
    tables.set(list, new Map(words));
  }
  return (list, word) => tables.get(list)?.get(word) ?? tables.get(list)?.get(word.toLowerCase()) ?? null;
}
