import type { EntityManager } from 'typeorm';
import type { Indicator } from '#libs/domain/indicators/indicator.js';
import { settleIndicator } from '#libs/domain/indicators/settle-indicator.js';
import { missingCapabilityFields, missingNeedFields } from '#libs/domain/market/missing-fields.js';
import type { CapabilityContent, NeedContent } from '#libs/domain/market/missing-fields.js';
import type { ExpertWork } from '#libs/domain/market/record-kinds.js';
import type { ImportKind } from '#libs/domain/imports/import-fields.js';
import { replaceWorks } from '../market/replace-works.js';

/** A good row of an import batch, ready to store. */
export interface ReadyRow {
  readonly rowNo: number;
  readonly externalNo: string;
  readonly organisationId: string | null;
  readonly raw: Readonly<Record<string, unknown>>;
  /** Values by field name, as stored; without indicators. */
  readonly record: Readonly<Record<string, unknown>>;
  readonly indicators: readonly Indicator[];
}

export interface SavedRow {
  readonly rowNo: number;
  readonly subjectId: string;
  readonly outcome: 'created' | 'updated' | 'unchanged';
  readonly published: boolean;
}

interface StoredRecord {
  id: string;
  external_no: string;
  status: string;
  original: Record<string, unknown> | null;
}

const EMPTY = {
  title: '',
  keywords: [],
  fields: [],
  solveModes: [],
  transferModes: [],
  disclosure: 'public',
};

/** Names of the required fields that a row leaves empty. */
export function missingOf(
  kind: ImportKind,
  record: Readonly<Record<string, unknown>>,
  organisationId: string | null,
): string[] {
  const content = { ...EMPTY, ...record } as unknown;
  const missing =
    kind === 'need'
      ? missingNeedFields(content as NeedContent)
      : missingCapabilityFields(content as CapabilityContent);
  return organisationId === null ? ['organisationId', ...missing] : missing;
}

/**
 * Stores rows of one source by their external number: new ones as drafts, known ones updated when the file's row
 * differs from the one imported before. Runs in the transaction of `manager`; a second call changes nothing.
 */
export async function saveImportedRows(
  manager: EntityManager,
  kind: ImportKind,
  source: string,
  rows: readonly ReadyRow[],
  actorId: string | null,
): Promise<SavedRow[]> {
  const stored = await manager.query<StoredRecord[]>(
    `SELECT id, external_no, status, original FROM ${kind} WHERE external_source = $1 AND external_no = ANY($2) FOR UPDATE`,
    [source, rows.map((row) => row.externalNo)],
  );
  const known = new Map(stored.map((record) => [record.external_no, record]));
  const created = await insertNew(
    manager,
    kind,
    source,
    rows.filter((row) => !known.has(row.externalNo)),
    actorId,
  );
  const saved: SavedRow[] = [...created];
  for (const row of rows) {
    const record = known.get(row.externalNo);
    if (record !== undefined) saved.push(await updateKnown(manager, kind, row, record));
  }
  const changed = new Map(
    saved.filter((row) => row.outcome !== 'unchanged').map((row) => [row.rowNo, row.subjectId]),
  );
  await writeIndicators(manager, kind, rows, changed);
  for (const row of rows) {
    const id = changed.get(row.rowNo);
    const works = row.record['works'] as ExpertWork[] | undefined;
    if (id !== undefined && works !== undefined) await replaceWorks(manager, id, works);
  }
  return saved;
}

/** Works have a table of their own. */
function columnsOf({ record }: ReadyRow): Readonly<Record<string, unknown>> {
  const { works: _, ...columns } = record;
  return columns;
}

async function insertNew(
  manager: EntityManager,
  kind: ImportKind,
  source: string,
  rows: readonly ReadyRow[],
  actorId: string | null,
): Promise<SavedRow[]> {
  if (rows.length === 0) return [];
  const values = rows.map((row) => ({
    ...columnsOf(row),
    externalSource: source,
    externalNo: row.externalNo,
    organisationId: row.organisationId,
    original: row.raw,
    missing: missingOf(kind, row.record, row.organisationId),
    createdBy: actorId,
    status: 'draft',
  }));
  const result = await manager
    .createQueryBuilder()
    .insert()
    .into(kind)
    .values(values)
    .returning(['id'])
    .execute();
  const ids = result.raw as { id: string }[];
  return rows.map((row, index) => ({
    rowNo: row.rowNo,
    subjectId: ids[index]!.id,
    outcome: 'created' as const,
    published: false,
  }));
}

async function updateKnown(
  manager: EntityManager,
  kind: ImportKind,
  row: ReadyRow,
  stored: StoredRecord,
): Promise<SavedRow> {
  const base = { rowNo: row.rowNo, subjectId: stored.id, published: stored.status === 'published' };
  if (canonical(stored.original) === canonical(row.raw)) return { ...base, outcome: 'unchanged' };
  const set = {
    ...columnsOf(row),
    ...(row.organisationId === null ? {} : { organisationId: row.organisationId }),
    original: row.raw,
    missing: missingOf(kind, row.record, row.organisationId),
    version: () => 'version + 1',
    updatedAt: () => 'now()',
  };
  await manager.createQueryBuilder().update(kind).set(set).where('id = :id', { id: stored.id }).execute();
  return { ...base, outcome: 'updated' };
}

/** JSON with sorted keys: PostgreSQL's jsonb keeps no order. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}

async function writeIndicators(
  manager: EntityManager,
  kind: ImportKind,
  rows: readonly ReadyRow[],
  changed: ReadonlyMap<number, string>,
): Promise<void> {
  const column = kind === 'need' ? 'needId' : 'capabilityId';
  await manager.query(`DELETE FROM indicator WHERE ${kind}_id = ANY($1)`, [[...changed.values()]]);
  const values = rows.flatMap((row) => {
    const id = changed.get(row.rowNo);
    return id === undefined
      ? []
      : row.indicators.map((item, position) => ({ ...settleIndicator(item), position, [column]: id }));
  });
  if (values.length > 0)
    await manager.createQueryBuilder().insert().into('indicator').values(values).execute();
}
