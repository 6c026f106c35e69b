import type { RecordKind } from '../market/record-kinds.js';
import { columnKey, findCell, textOfCell } from './find-cell.js';
import { EXTERNAL_NO_NAMES, ORGANISATION_NAMES, type ImportField, type ImportKind } from './import-fields.js';
import type { CodeLookup, ImportProblem } from './import-problem.js';
import { importFieldsOf } from './kind-fields.js';
import { WORK_NAMES } from './read-works.js';

export interface ImportedRow {
  /** The file's own number of the row; null when it gives none. */
  readonly externalNo: string | null;
  /** Organisation as the file names it. */
  readonly organisation: string | null;
  /** Values by field name; only fields that the row fills. `indicators` stays text. */
  readonly record: Readonly<Record<string, unknown>>;
  readonly problems: readonly ImportProblem[];
}

const CLASSIFIED = /(绝密|机密|秘密)\s*[★☆]/;

/**
 * Reads one row of an uploaded file. A row is bad when it has problems; a row that merely lacks fields is good and
 * becomes an incomplete draft. Pure: same row, same result.
 */
export function readImportRow(
  kind: ImportKind,
  raw: Readonly<Record<string, unknown>>,
  lookup: CodeLookup,
  recordKind: RecordKind | null = null,
): ImportedRow {
  const problems: ImportProblem[] = [];
  const record: Record<string, unknown> = {};
  if (recordKind !== null) record[kind === 'need' ? 'requestKind' : 'offerKind'] = recordKind;
  for (const field of importFieldsOf(kind, recordKind)) {
    const cell = findCell(raw, field.names);
    if (cell === null) continue;
    const value = readCell(field, textOfCell(cell.value), lookup, problems);
    if (value !== undefined) setField(record, field.field, value);
  }
  if (typeof record['title'] !== 'string')
    problems.push({ field: 'title', code: 'title-missing', value: null });
  if (CLASSIFIED.test(Object.values(raw).map(textOfCell).join('\n'))) {
    problems.push({ field: 'classified', code: 'classified', value: null });
  }
  checkOrder(
    record,
    problems,
    kind === 'need' ? ['budgetMinWan', 'budgetMaxWan'] : ['priceMinWan', 'priceMaxWan'],
  );
  if (kind === 'need') checkOrder(record, problems, ['periodStart', 'periodEnd']);
  const externalNo = findCell(raw, EXTERNAL_NO_NAMES);
  const organisation = findCell(raw, ORGANISATION_NAMES);
  return {
    externalNo: externalNo === null ? null : textOfCell(externalNo.value).slice(0, 120),
    organisation: organisation === null ? null : textOfCell(organisation.value),
    record,
    problems,
  };
}

/** Facts of a kind are stored together; everything else has a column. */
function setField(record: Record<string, unknown>, field: string, value: unknown): void {
  const fact = /^facts\.(.+)$/.exec(field)?.[1];
  if (fact === undefined) record[field] = value;
  else record['facts'] = { ...(record['facts'] as object | undefined), [fact]: value };
}

/** What a row is called, also when it is bad; null without a name. */
export function titleOfRow(
  kind: ImportKind,
  raw: Readonly<Record<string, unknown>>,
  recordKind: RecordKind | null = null,
): string | null {
  const title = importFieldsOf(kind, recordKind).find(({ field }) => field === 'title');
  const cell = findCell(raw, title?.names ?? []);
  return cell === null ? null : textOfCell(cell.value).slice(0, 200);
}

/** Those of a file's columns that an import of this kind does not read. */
export function ignoredColumns(
  kind: ImportKind,
  columns: readonly string[],
  recordKind: RecordKind | null = null,
): string[] {
  const names = [
    ...(recordKind === 'expert' ? WORK_NAMES : []),
    ...importFieldsOf(kind, recordKind).flatMap((field) => field.names),
    ...EXTERNAL_NO_NAMES,
    ...ORGANISATION_NAMES,
  ];
  const known = new Set(names.map(columnKey));
  return columns.filter((column) => !known.has(columnKey(column)));
}

function checkOrder(
  record: Record<string, unknown>,
  problems: ImportProblem[],
  pair: readonly [string, string],
): void {
  const [low, high] = [record[pair[0]], record[pair[1]]] as (number | string | undefined)[];
  if (low !== undefined && high !== undefined && low > high) {
    problems.push({ field: pair[1], code: 'order', value: `${low} > ${high}` });
  }
}

function readCell(field: ImportField, text: string, lookup: CodeLookup, problems: ImportProblem[]): unknown {
  const problem = (code: ImportProblem['code']) => {
    problems.push({ field: field.field, code, value: text.slice(0, 80) });
    return undefined;
  };
  switch (field.kind) {
    case 'line':
    case 'text':
      if (text.length > (field.max ?? 200)) return problem('too-long');
      return text;
    case 'indicators':
      return text;
    case 'words':
      return words(text).slice(0, 20);
    case 'code':
      return lookup(field.list ?? '', text) ?? problem('unknown-code');
    case 'codes':
      return readCodes(field, text, lookup, problem);
    case 'number':
    case 'integer':
      return readNumber(field, text) ?? problem('not-a-number');
    case 'day':
      return readDay(text) ?? problem('not-a-day');
    case 'flag':
      return readFlag(text) ?? problem('not-a-flag');
  }
}

const words = (text: string): string[] => [
  ...new Set(
    text
      .split(/[;；,，、|\n]+/)
      .map((word) => word.trim())
      .filter(Boolean),
  ),
];

function readCodes(
  field: ImportField,
  text: string,
  lookup: CodeLookup,
  problem: (code: 'unknown-code') => undefined,
): unknown {
  const codes = words(text).map((word) => lookup(field.list ?? '', word));
  return codes.includes(null) ? problem('unknown-code') : codes;
}

function readNumber(field: ImportField, text: string): number | null {
  const value = Number(
    text
      .normalize('NFKC')
      .replace(/,/g, '')
      .replace(/(万元|级)$/, ''),
  );
  if (text === '' || !Number.isFinite(value) || value < 0) return null;
  return field.kind === 'integer' && !Number.isInteger(value) ? null : value;
}

/** `2026-11-22`, `2026/11/22`, `2026年11月22日`, `20261122`; null when the calendar has no such day. */
function readDay(text: string): string | null {
  const parts = /^(\d{4})[-/.年]?(\d{1,2})[-/.月]?(\d{1,2})日?$/.exec(text.normalize('NFKC'));
  if (parts === null) return null;
  const [year, month, date] = parts.slice(1).map(Number) as [number, number, number];
  const day = new Date(Date.UTC(year, month - 1, date));
  return day.getUTCMonth() === month - 1 && day.getUTCDate() === date ? day.toISOString().slice(0, 10) : null;
}

function readFlag(text: string): boolean | null {
  if (/^(是|有|y|yes|true|1|√)$/i.test(text)) return true;
  return /^(否|无|n|no|false|0|×)$/i.test(text) ? false : null;
}
