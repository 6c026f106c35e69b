import type { EntityManager } from 'typeorm';
import type { Interval } from '#libs/domain/time/interval.js';

/** Whether no meeting other than the one given has a table in a span. */
export async function isTableFree(
  manager: EntityManager,
  tableId: string,
  span: Interval,
  exceptMeeting: string,
): Promise<boolean> {
  const rows = await manager.query<unknown[]>(
    `SELECT 1 FROM meeting WHERE table_id = $1 AND status <> 'cancelled' AND starts_at < $3 AND ends_at > $2
     AND id <> $4 LIMIT 1`,
    [tableId, new Date(span.start), new Date(span.end), exceptMeeting],
  );
  return rows.length === 0;
}
