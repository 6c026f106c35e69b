import type { EntityManager } from 'typeorm';
import type { ExpertWork } from '#libs/domain/market/record-kinds.js';

/** Writes the works of an expert in this order in place of those there were. */
export async function replaceWorks(
  manager: EntityManager,
  capabilityId: string,
  works: readonly ExpertWork[],
): Promise<void> {
  await manager.query('DELETE FROM capability_work WHERE capability_id = $1', [capabilityId]);
  await manager.query(
    `INSERT INTO capability_work (capability_id, position, kind, title, abstract, year)
     SELECT $1, row_number, kind, title, nullif(abstract, ''), year
     FROM ROWS FROM (jsonb_to_recordset($2::jsonb) AS (kind text, title text, abstract text, year integer))
       WITH ORDINALITY AS given(kind, title, abstract, year, row_number)`,
    [capabilityId, JSON.stringify(works)],
  );
}
