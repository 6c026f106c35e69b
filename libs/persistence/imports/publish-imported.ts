import type { EntityManager } from 'typeorm';
import type { ImportKind } from '#libs/domain/imports/import-fields.js';
import { recordNumber } from '#libs/domain/market/record-number.js';
import { takeSerials } from '../serials/take-serial.js';

/** Publishes drafts that an organizer imported, numbering them in the order of `ids`. Others are left as they are. */
export async function publishImported(
  manager: EntityManager,
  kind: ImportKind,
  ids: readonly string[],
  now: Date,
): Promise<void> {
  if (ids.length === 0) return;
  const column = kind === 'need' ? 'need_no' : 'capability_no';
  const rows = await manager.query<{ id: string; region: string; numbered: boolean }[]>(
    `SELECT id, coalesce(region_code, '000000') AS region, ${column} IS NOT NULL AS numbered FROM ${kind}
     WHERE id = ANY($1) AND status IN ('draft', 'submitted', 'returned') ORDER BY array_position($1, id)`,
    [ids],
  );
  const year = now.getUTCFullYear();
  const numbers = new Map<string, string>();
  for (const region of new Set(rows.map((row) => row.region))) {
    const unnumbered = rows.filter((row) => row.region === region && !row.numbered);
    if (unnumbered.length === 0) continue;
    const first = await takeSerials(manager, `${kind}:${region}:${year}`, unnumbered.length);
    unnumbered.forEach((row, index) => numbers.set(row.id, recordNumber(kind, region, year, first + index)));
  }
  await manager.query(
    `UPDATE ${kind} t SET status = 'published', published_at = coalesce(t.published_at, $2),
       submitted_at = coalesce(t.submitted_at, $2), updated_at = $2, ${column} = coalesce(t.${column}, n.number)
     FROM jsonb_to_recordset($1::jsonb) AS n(id uuid, number text) WHERE t.id = n.id`,
    [JSON.stringify(rows.map((row) => ({ id: row.id, number: numbers.get(row.id) ?? null }))), now],
  );
}
