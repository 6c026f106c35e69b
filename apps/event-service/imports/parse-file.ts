import { CsvError, parse as parseCsv } from 'csv-parse/sync';
import type ExcelJS from 'exceljs';
import { AppError } from '#libs/contracts/app-error.js';
import { loadExcelJs } from '#libs/platform/load-exceljs.js';

export type RawRow = Record<string, unknown>;

export const MAX_ROWS = 50_000;

/** Rows of an uploaded CSV, XLSX or JSONL file, in the file's order. Throws AppError; reads nothing but `bytes`. */
export async function parseImportFile(name: string, bytes: Buffer): Promise<RawRow[]> {
  const extension = /\.(csv|xlsx|jsonl|ndjson)$/i.exec(name)?.[1]?.toLowerCase();
  if (extension === undefined) throw new AppError('import.unknown-format', { name });
  let rows: RawRow[];
  try {
    if (extension === 'csv') rows = readCsv(bytes);
    else if (extension === 'xlsx') rows = await readXlsx(bytes);
    else rows = readJsonLines(bytes);
  } catch (error) {
    const format = extension.toUpperCase();
    const line = lineOf(error);
    if (line === null) throw new AppError('import.unreadable', { name, format });
    throw new AppError('import.unreadable-line', { name, format, line });
  }
  if (rows.length === 0) throw new AppError('import.empty', { name });
  if (rows.length > MAX_ROWS) throw new AppError('import.too-many-rows', { limit: MAX_ROWS });
  return rows;
}

/** A line of the file that cannot be read, counted from 1. */
class LineError extends Error {
  constructor(readonly line: number) {
    super(`line ${line}`);
  }
}

function lineOf(error: unknown): number | null {
  if (error instanceof LineError) return error.line;
  return error instanceof CsvError && typeof error['lines'] === 'number' ? error['lines'] : null;
}

/** UTF-8 when it is valid UTF-8; else GB18030, what Excel on Chinese Windows saves as "CSV". */
function decode(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('gb18030', { fatal: true }).decode(bytes);
  }
}

function readCsv(bytes: Buffer): RawRow[] {
  return parseCsv(decode(bytes), {
    columns: true,
    bom: true,
    skip_empty_lines: true,
    trim: true,
    relax_column_count: true,
    to: MAX_ROWS + 1,
  });
}

function readJsonLines(bytes: Buffer): RawRow[] {
  const rows: RawRow[] = [];
  for (const [index, line] of decode(bytes).split(/\r?\n/).entries()) {
    if (line.trim() === '') continue;
    let value: unknown;
    try {
      value = JSON.parse(line);
    } catch {
      throw new LineError(index + 1);
    }
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      throw new LineError(index + 1);
    }
    rows.push(value as RawRow);
    if (rows.length > MAX_ROWS) break;
  }
  return rows;
}

/** The first sheet; its first row with content names the columns. */
async function readXlsx(bytes: Buffer): Promise<RawRow[]> {
  const exceljs = await loadExcelJs();
  const workbook = new exceljs.Workbook();
  await workbook.xlsx.load(bytes as unknown as ArrayBuffer);
  const sheet = workbook.worksheets[0];
  if (sheet === undefined) return [];
  let header: string[] | null = null;
  const rows: RawRow[] = [];
  sheet.eachRow((row) => {
    const cells = (row.values as ExcelJS.CellValue[]).slice(1).map(cellValue);
    if (cells.every((cell) => cell === null || cell === '')) return;
    if (header === null) {
      header = cells.map((cell) => String(cell ?? ''));
      return;
    }
    const columns = header;
    rows.push(
      Object.fromEntries(columns.flatMap((column, i) => (column === '' ? [] : [[column, cells[i] ?? null]]))),
    );
  });
  return rows;
}

function cellValue(value: ExcelJS.CellValue): string | number | boolean | null {
  if (value === null || value === undefined) return null;
  if (value instanceof Date) return value.toISOString().slice(0, 10);
  if (typeof value === 'object') {
    if ('richText' in value) return value.richText.map((part) => part.text).join('');
    if ('text' in value) return value.text;
    if ('result' in value) return cellValue(value.result);
    return null;
  }
  return value;
}
