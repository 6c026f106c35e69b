import type { EntityManager } from 'typeorm';

/**
 * Takes the next number of a series, e.g. key `need:440115:2026` → 1, 2, 3... The row stays locked until the
 * transaction ends, so numbers have no gaps and no doubles.
 */
export async function takeSerial(manager: EntityManager, key: string): Promise<number> {
  return takeSerials(manager, key, 1);
}

/** Takes `count` numbers in a row and returns the first of them. */
export async function takeSerials(manager: EntityManager, key: string, count: number): Promise<number> {
  const rows = await manager.query<{ last: number }[]>(
    `INSERT INTO serial_number (key, last) VALUES ($1, $2)
     ON CONFLICT (key) DO UPDATE SET last = serial_number.last + $2 RETURNING last`,
    [key, count],
  );
  return rows[0]!.last - count + 1;
}
