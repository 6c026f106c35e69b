import { Injectable } from '@nestjs/common';
import { stringify } from 'csv-stringify/sync';
import type { z } from 'zod';
import type { exportQuery } from '#libs/contracts/imports/imports.js';
import type { CodeListsView } from '#libs/contracts/codes/code-list-view.js';
import type { Actor } from '#libs/domain/access/actor.js';
import {
  EXTERNAL_NO_NAMES,
  ORGANISATION_NAMES,
  type ImportField,
} from '#libs/domain/imports/import-fields.js';
import { importFieldsOf } from '#libs/domain/imports/kind-fields.js';
import type { ExpertWork, RecordKind } from '#libs/domain/market/record-kinds.js';
import { writeAudit } from '#libs/persistence/audit/write-audit.js';
import { Transactions } from '#libs/platform/database/transactions.js';
import { loadExcelJs } from '#libs/platform/load-exceljs.js';
import { CodesService } from '../codes/codes.service.js';

type ExportQuery = z.infer<typeof exportQuery>;

export interface ExportFile {
  readonly name: string;
  readonly type: string;
  readonly bytes: Buffer;
}

type Cells = Record<string, string | number | null>;

/** Writes records in the columns that the import reads, so that an export can be edited and imported again. */
@Injectable()
export class ExportsService {
  constructor(
    private readonly transactions: Transactions,
    private readonly codes: CodesService,
  ) {}

  async export(actor: Actor, query: ExportQuery): Promise<ExportFile> {
    const lists = await this.codes.list();
    const records = await this.read(query);
    const rows = records.flatMap((record) => rowsOf(query, record, lists));
    // An export holds contacts and budgets: one entry says who took how many records of what kind.
    await this.transactions.run(({ manager }) =>
      writeAudit(manager, {
        actorId: actor.personId,
        action: 'read-sealed',
        subjectKind: query.kind,
        subjectId: null,
        detail: { export: query.format, records: rows.length, source: query.source ?? null },
      }),
    );
    const columns = columnsOf(query);
    const noun = query.kind === 'need' ? 'needs' : 'capabilities';
    const name = `${noun}-${new Date().toISOString().slice(0, 10)}.${query.format}`;
    if (query.format === 'jsonl') {
      const text = rows.map((row) => JSON.stringify(row)).join('\n');
      return { name, type: 'application/x-ndjson; charset=utf-8', bytes: Buffer.from(`${text}\n`) };
    }
    if (query.format === 'csv') {
      const text = stringify(rows, { header: true, columns, bom: true, escape_formulas: true });
      return { name, type: 'text/csv; charset=utf-8', bytes: Buffer.from(text) };
    }
    const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
    return { name, type, bytes: await workbookOf(columns, rows) };
  }

  private async read(query: ExportQuery): Promise<Record<string, unknown>[]> {
    const manager = this.transactions.manager;
    const records = await manager.query<Record<string, unknown>[]>(
      `SELECT t.*, o.name AS organisation_name,
              (SELECT string_agg(i.raw, '；' ORDER BY i.position) FROM indicator i WHERE i.${query.kind}_id = t.id) AS indicators${query.kind === 'capability' ? WORKS : ''}
       FROM ${query.kind} t LEFT JOIN organisation o ON o.id = t.organisation_id
       WHERE ($1::text IS NULL OR t.external_source = $1) AND ($2::text IS NULL OR t.status = $2)
         AND t.${query.kind === 'need' ? 'request' : 'offer'}_kind = $3
       ORDER BY t.id LIMIT 100000`,
      [query.source ?? null, query.status ?? null, kindOf(query)],
    );
    return records;
  }
}

const EXTERNAL_NO = EXTERNAL_NO_NAMES[0]!;
const ORGANISATION = ORGANISATION_NAMES[0]!;

const WORKS = `,
  (SELECT jsonb_agg(jsonb_build_object('kind', w.kind, 'title', w.title, 'abstract', w.abstract, 'year', w.year)
     ORDER BY w.position) FROM capability_work w WHERE w.capability_id = t.id) AS works`;
const WORK_COLUMNS = ['代表作类型', '代表作', '代表作年份', '代表作摘要'] as const;

const kindOf = ({ kind, recordKind }: ExportQuery): RecordKind =>
  recordKind ?? (kind === 'need' ? 'technology' : 'achievement');

const valueOf = (record: Record<string, unknown>, { field }: ImportField): unknown =>
  field.startsWith('facts.')
    ? (record['facts'] as Record<string, unknown>)[field.slice('facts.'.length)]
    : record[snake(field)];

/** A record is a row; an expert is a row for each work. */
function rowsOf(query: ExportQuery, record: Record<string, unknown>, lists: CodeListsView): Cells[] {
  const cells = cellsOf(query, record, lists);
  const works = (record['works'] as ExpertWork[] | null | undefined) ?? [];
  const word = (code: string) => lists['work-kind']?.items.find((item) => item.code === code)?.zh ?? code;
  if (works.length === 0) return [cells];
  return works.map(({ kind, title, year, abstract }) => ({
    ...cells,
    代表作类型: word(kind),
    代表作: title,
    代表作年份: year,
    代表作摘要: abstract,
  }));
}

const columnsOf = (query: ExportQuery): string[] => [
  EXTERNAL_NO,
  ORGANISATION,
  ...importFieldsOf(query.kind, kindOf(query)).map((field) => field.names[0]!),
  ...(kindOf(query) === 'expert' ? WORK_COLUMNS : []),
];

const snake = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

function cellsOf(query: ExportQuery, record: Record<string, unknown>, lists: CodeListsView): Cells {
  const number = record['external_no'] ?? record[`${query.kind}_no`] ?? record['id'];
  return {
    [EXTERNAL_NO]: number as string,
    [ORGANISATION]: (record['organisation_name'] as string | null) ?? null,
    ...Object.fromEntries(
      importFieldsOf(query.kind, kindOf(query)).map((field) => [
        field.names[0]!,
        cell(field, valueOf(record, field), lists),
      ]),
    ),
  };
}

function cell(field: ImportField, value: unknown, lists: CodeListsView): string | number | null {
  if (value === null || value === undefined) return null;
  const word = (code: string) =>
    lists[field.list ?? '']?.items.find((item) => item.code === code)?.zh ?? code;
  if (Array.isArray(value))
    return value.map((item) => (field.kind === 'codes' ? word(String(item)) : String(item))).join('；');
  if (field.kind === 'code') return word(value as string);
  if (field.kind === 'flag') return value === true ? '是' : '否';
  return typeof value === 'number' ? value : (value as string);
}

async function workbookOf(columns: readonly string[], rows: readonly Cells[]): Promise<Buffer> {
  const exceljs = await loadExcelJs();
  const workbook = new exceljs.Workbook();
  const sheet = workbook.addWorksheet('数据', { views: [{ state: 'frozen', ySplit: 1 }] });
  sheet.columns = columns.map((name) => ({
    header: name,
    key: name,
    width: Math.min(40, Math.max(12, name.length * 2.2)),
  }));
  sheet.getRow(1).font = { bold: true };
  for (const row of rows) sheet.addRow(row);
  return Buffer.from(await workbook.xlsx.writeBuffer());
}
