import type { EntityManager } from 'typeorm';

let cursors = 0;

/**
 * All rows of a statement, some at a time, while the statement runs once: LIMIT and OFFSET would compute everything anew
 * for each batch. Needs a transaction.
 */
export async function* readInBatches<Row>(
  manager: EntityManager,
  sql: string,
  values: readonly unknown[],
  size: number,
): AsyncGenerator<Row[], void, undefined> {
  const cursor = `batches_${(cursors += 1)}`;
  // Every row will be fetched: the first ones soon is not what to plan for.
  await manager.query('SET LOCAL cursor_tuple_fraction = 1');
  await manager.query(`DECLARE ${cursor} NO SCROLL CURSOR FOR ${sql}`, [...values]);
  for (;;) {
    const rows = await manager.query<Row[]>(`FETCH ${size} FROM ${cursor}`);
    if (rows.length > 0) yield rows;
    if (rows.length < size) break;
  }
  await manager.query(`CLOSE ${cursor}`);
}
