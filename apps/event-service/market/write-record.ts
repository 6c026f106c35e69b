import type { EntityManager } from 'typeorm';
import { settleIndicator } from '#libs/domain/indicators/settle-indicator.js';
import type { SubjectKind } from '#libs/domain/market/market-fields.js';
import type { RecordKind } from '#libs/domain/market/record-kinds.js';
import type { IndicatorFields } from '#libs/contracts/market/indicator.js';
import { replaceWorks } from '#libs/persistence/market/replace-works.js';
import { MARKET_TABLES, snakeName } from '#libs/persistence/market/market-table.js';
import type { MarketFields } from './market-kind.js';

/** Columns that no form may reach, whatever it sends. */
const OWN_COLUMNS = new Set([
  'id',
  'organisationId',
  'createdBy',
  'status',
  'missing',
  'version',
  'requestKind',
  'offerKind',
]);
const JSON_COLUMNS = new Set(['ip', 'facts']);

/** Columns with their values, in one order. */
function columnValues(kind: SubjectKind, fields: MarketFields): [column: string, value: unknown][] {
  const known = new Set(MARKET_TABLES[kind].columns);
  return Object.entries(fields)
    .filter(([field, value]) => value !== undefined && known.has(field) && !OWN_COLUMNS.has(field))
    .map(([field, value]) => [snakeName(field), JSON_COLUMNS.has(field) ? JSON.stringify(value) : value]);
}

/** Texts that were emptied are unknown, not empty. */
export function emptyToNull(fields: MarketFields): MarketFields {
  const entries = Object.entries(fields).map(([field, value]) => [
    field,
    value === '' && field !== 'title' ? null : value,
  ]);
  return Object.fromEntries(entries) as MarketFields;
}

interface NewRecord {
  readonly organisationId: string | null;
  readonly createdBy: string;
  readonly missing: readonly string[];
  /** Absent is the kind's default. */
  readonly recordKind?: RecordKind | undefined;
}

/** Inserts a draft and returns its id. */
export async function insertRecord(
  manager: EntityManager,
  kind: SubjectKind,
  fields: MarketFields,
  own: NewRecord,
): Promise<string> {
  const values: [string, unknown][] = [
    ...columnValues(kind, fields),
    ['organisation_id', own.organisationId],
    ['created_by', own.createdBy],
    ['missing', own.missing],
    ...(own.recordKind === undefined
      ? []
      : [[MARKET_TABLES[kind].recordKindColumn, own.recordKind] as [string, unknown]]),
  ];
  const rows: { id: string }[] = await manager.query(
    `INSERT INTO ${kind} (${values.map(([column]) => column).join(', ')})
     VALUES (${values.map((_, index) => `$${index + 1}`).join(', ')}) RETURNING id`,
    values.map(([, value]) => value),
  );
  if (fields.indicators !== undefined) await replaceIndicators(manager, kind, rows[0]!.id, fields.indicators);
  if (fields.works !== undefined) await replaceWorks(manager, rows[0]!.id, fields.works);
  return rows[0]!.id;
}

/** Writes the given fields and counts the version up; the row must be locked by the caller. */
export async function updateRecord(
  manager: EntityManager,
  kind: SubjectKind,
  id: string,
  fields: MarketFields,
  change: { readonly missing: readonly string[]; readonly now: Date },
): Promise<void> {
  const values: [string, unknown][] = [
    ...columnValues(kind, fields),
    ['missing', change.missing],
    ['updated_at', change.now],
  ];
  await manager.query(
    `UPDATE ${kind} SET version = version + 1,
       ${values.map(([column], index) => `${column} = $${index + 2}`).join(', ')} WHERE id = $1`,
    [id, ...values.map(([, value]) => value)],
  );
  if (fields.indicators !== undefined) await replaceIndicators(manager, kind, id, fields.indicators);
  if (fields.works !== undefined) await replaceWorks(manager, id, fields.works);
}

async function replaceIndicators(
  manager: EntityManager,
  kind: SubjectKind,
  id: string,
  indicators: readonly IndicatorFields[],
): Promise<void> {
  const { reference } = MARKET_TABLES[kind];
  await manager.query(`DELETE FROM indicator WHERE ${reference} = $1`, [id]);
  await manager.query(
    `INSERT INTO indicator (${reference}, position, name, comparator, value, value_high, unit, raw, reader_version)
     SELECT $1, row_number, name, comparator, value, "valueHigh", nullif(unit, ''), raw, "readerVersion"
     FROM ROWS FROM (jsonb_to_recordset($2::jsonb) AS (name text, comparator text, value double precision,
       "valueHigh" double precision, unit text, raw text, "readerVersion" integer)) WITH ORDINALITY
       AS given(name, comparator, value, "valueHigh", unit, raw, "readerVersion", row_number)`,
    [id, JSON.stringify(indicators.map(settleIndicator))],
  );
}
