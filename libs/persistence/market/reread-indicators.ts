import type { EntityManager } from 'typeorm';
import {
  READER_VERSION,
  rereadIndicator,
  type SettledIndicator,
} from '#libs/domain/indicators/settle-indicator.js';
import type { SubjectKind } from '#libs/domain/market/market-fields.js';
import { writeAudit } from '../audit/write-audit.js';
import { queueMatchRun } from '../matching/queue-match-run.js';

/** From so many changed records on everything is matched anew rather than each of them. */
const MANY = 20;

type StoredRow = SettledIndicator & {
  readonly id: string;
  readonly kind: SubjectKind;
  readonly owner: string;
};

/**
 * Reads stored indicators of an earlier reader again, by their words, a batch in the transaction of `manager`; records of
 * which one has changed are to be matched anew. Returns the runs to wake, null when nothing is left to read. Rows that
 * somebody is saving are left to the next call.
 */
export async function rereadIndicators(manager: EntityManager, batch: number): Promise<string[] | null> {
  const stored = await manager.query<StoredRow[]>(
    `SELECT id, CASE WHEN need_id IS NULL THEN 'capability' ELSE 'need' END AS kind, coalesce(need_id, capability_id) AS owner,
            name, comparator, value, value_high AS "valueHigh", unit, raw, reader_version AS "readerVersion"
     FROM indicator WHERE reader_version < $1 ORDER BY id LIMIT $2 FOR UPDATE SKIP LOCKED`,
    [READER_VERSION, batch],
  );
  if (stored.length === 0) return null;
  const read = stored.map((row) => ({ row, now: rereadIndicator(row) }));
  const changed = read.filter(({ row, now }) => differs(row, now));
  const same = read.filter(({ row, now }) => !differs(row, now));
  await manager.query(
    `UPDATE indicator i SET reader_version = r.version
     FROM jsonb_to_recordset($1::jsonb) AS r(id uuid, version integer) WHERE i.id = r.id`,
    [JSON.stringify(same.map(({ row, now }) => ({ id: row.id, version: now.readerVersion })))],
  );
  await manager.query(
    `UPDATE indicator i SET name = r.name, comparator = r.comparator, value = r.value, value_high = r."valueHigh",
       unit = r.unit, raw = r.raw, reader_version = r."readerVersion"
     FROM jsonb_to_recordset($1::jsonb) AS r(id uuid, name text, comparator text, value double precision,
       "valueHigh" double precision, unit text, raw text, "readerVersion" integer) WHERE i.id = r.id`,
    [JSON.stringify(changed.map(({ row, now }) => ({ ...now, id: row.id })))],
  );
  return matchAnew(manager, changed);
}

const differs = (a: SettledIndicator, b: SettledIndicator): boolean =>
  a.name !== b.name ||
  a.comparator !== b.comparator ||
  a.value !== b.value ||
  a.valueHigh !== b.valueHigh ||
  a.unit !== b.unit ||
  a.raw !== b.raw;

/** Notes how many indicators of each record have changed, and queues the runs. */
async function matchAnew(
  manager: EntityManager,
  changed: readonly { readonly row: StoredRow }[],
): Promise<string[]> {
  const records = new Map<string, { kind: SubjectKind; indicators: number }>();
  for (const { row } of changed)
    records.set(row.owner, { kind: row.kind, indicators: (records.get(row.owner)?.indicators ?? 0) + 1 });
  for (const [id, { kind, indicators }] of records)
    await writeAudit(manager, {
      actorId: null,
      action: 'reread-indicators',
      subjectKind: kind,
      subjectId: id,
      detail: { reader: READER_VERSION, indicators },
    });
  const requests =
    records.size >= MANY
      ? [{ scope: 'all' as const, subjectId: null }]
      : [...records].map(([subjectId, { kind: scope }]) => ({ scope, subjectId }));
  const runs: string[] = [];
  for (const request of requests) {
    const run = await queueMatchRun(manager, { ...request, requestedBy: null });
    if (run !== null) runs.push(run);
  }
  return runs;
}
