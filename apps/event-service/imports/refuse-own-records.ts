import type { EntityManager } from 'typeorm';
import type { ImportKind } from '#libs/domain/imports/import-fields.js';
import type { PreparedRow } from './prepare-rows.js';

/**
 * Rows with the number of a record that was written on the platform become bad: an export holds such records, too, and
 * importing them again would make a second one beside each.
 */
export async function refuseOwnRecords(
  manager: EntityManager,
  kind: ImportKind,
  rows: readonly PreparedRow[],
): Promise<PreparedRow[]> {
  const found = await manager.query<{ number: string }[]>(
    `SELECT n.number FROM ${kind} t CROSS JOIN LATERAL (VALUES (t.${kind}_no), (t.id::text)) n(number)
     WHERE t.external_source IS NULL AND n.number = ANY($1)`,
    [rows.map((row) => row.externalNo)],
  );
  const own = new Set(found.map(({ number }) => number));
  return rows.map((row) =>
    own.has(row.externalNo)
      ? {
          ...row,
          record: null,
          problems: [...row.problems, { field: 'externalNo', code: 'own-record', value: row.externalNo }],
        }
      : row,
  );
}
