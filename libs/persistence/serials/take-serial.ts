import type { EntityManager } from 'typeorm';

/**
 * Takes the next number of a series, e.g. key `need:440115:2026` → 1, 2, 3... The row stays locked until the
 * transaction ends, so numbers have no gaps and no doubles.
 */
export async function takeSerial(manager: EntityManager, key: string): Promise<number> {
  const rows: { last: number }[] = await manager.query(
    `INSERT INTO serial_number (key, last) VALUES ($1, 1)
     ON CONFLICT (key) DO UPDATE SET last = serial_number.last + 1 RETURNING last`,
    [key],
  );
  return rows[0]!.last;
}
