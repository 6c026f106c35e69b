import type { EntityManager } from 'typeorm';

export interface CapabilityChanges {
  /** Ask for changes since this transaction next time: older ones had all ended. Decimal string. */
  readonly horizon: string;
  /** What had been committed when the horizon was read; text of a pg_snapshot. */
  readonly snapshot: string;
  readonly changes: readonly { readonly id: string; readonly xid: string }[];
}

/**
 * Capabilities changed by transactions from `since` on, in two statements: the horizon is read first, so a transaction
 * that is still open then, and commits whenever it likes, is found by a later call. Changes may be told twice.
 */
export async function capabilityChangesSince(
  manager: EntityManager,
  since: string | null,
): Promise<CapabilityChanges> {
  const [now] = await manager.query<{ horizon: string; snapshot: string }[]>(
    'SELECT pg_snapshot_xmin(s)::text AS horizon, s::text AS snapshot FROM pg_current_snapshot() s',
  );
  const { horizon, snapshot } = now!;
  if (since === null) return { horizon, snapshot, changes: [] };
  // Ids that this server has not reached come from a restored backup.
  const changes = await manager.query<{ id: string; xid: string }[]>(
    `SELECT capability_id AS id, changed_xid AS xid FROM capability_change
     WHERE changed_xid >= $1 AND changed_xid < pg_snapshot_xmax(pg_current_snapshot())::text::bigint
     ORDER BY capability_id`,
    [since],
  );
  return { horizon, snapshot, changes };
}

/**
 * Whether more than `limit` capabilities changed that a snapshot (text of a pg_snapshot) did not see. By what it saw, not
 * by its horizon: one long transaction, of any database of the server, holds that back for all.
 */
export async function changedMoreThan(
  manager: EntityManager,
  snapshot: string,
  limit: number,
): Promise<boolean> {
  const [row] = await manager.query<{ changed: number }[]>(
    `SELECT count(*)::int AS changed FROM (SELECT 1 FROM capability_change
       WHERE changed_xid >= pg_snapshot_xmin($1::pg_snapshot)::text::bigint
         AND changed_xid < pg_snapshot_xmax(pg_current_snapshot())::text::bigint
         AND NOT pg_visible_in_snapshot(changed_xid::text::xid8, $1::pg_snapshot) LIMIT $2) AS rows`,
    [snapshot, limit + 1],
  );
  return row!.changed > limit;
}

const PAGE = 50_000;

/** Id and version of every capability that takes part in matching, in pages by id. */
export async function* capabilityVersions(
  manager: EntityManager,
): AsyncGenerator<{ id: string; version: number }[]> {
  let after = '00000000-0000-0000-0000-000000000000';
  for (;;) {
    const rows = await manager.query<{ id: string; version: number }[]>(
      `SELECT id, version FROM capability WHERE id > $1 AND status = 'published' AND disclosure <> 'closed'
       ORDER BY id LIMIT ${PAGE}`,
      [after],
    );
    if (rows.length === 0) return;
    yield rows;
    after = rows.at(-1)!.id;
  }
}
