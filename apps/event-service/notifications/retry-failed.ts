import type { EntityManager } from 'typeorm';
import { UNKNOWN_WHETHER_SENT } from '#libs/contracts/notifications/own-responses.js';
import { FILTER } from './delivery-rows.js';
import { shownStatus } from './shown-status.js';

const MOST = 5000;

/**
 * Puts failed messages back into the queue, the oldest first, except those whose stream has gone on without them and
 * those that may have arrived: about each of the latter a person decides. `filter`: parameters 1 to 4 of FILTER.
 */
export async function retryFailed(
  manager: EntityManager,
  filter: readonly unknown[],
  now: Date,
): Promise<{ ids: string[]; left: number }> {
  const failed = await manager.query<{ id: string; stream: string; unknown: boolean }[]>(
    `SELECT n.id, n.stream_key AS stream, coalesce(starts_with(n.last_error, $5), false) AS unknown
     FROM notification n WHERE n.status = 'failed' AND ${FILTER} ORDER BY n.id LIMIT ${MOST} FOR UPDATE`,
    [...filter, UNKNOWN_WHETHER_SENT],
  );
  const [first] = failed;
  if (first === undefined) return { ids: [], left: 0 };
  // No index holds what is long sent by stream: what was written since the first of them is looked through once.
  const went = await manager.query<{ stream: string; newest: string }[]>(
    `SELECT n.stream_key AS stream, max(n.id::text) AS newest FROM notification n
     WHERE n.id > $1 AND n.stream_key = ANY($2) AND ${shownStatus('n', '$3')} IN ('sending', 'sent') GROUP BY 1`,
    [first.id, [...new Set(failed.map(({ stream }) => stream))], now],
  );
  const newest = new Map(went.map(({ stream, newest }) => [stream, newest]));
  const ids = failed
    .filter(({ id, stream, unknown }) => !unknown && id > (newest.get(stream) ?? ''))
    .map(({ id }) => id);
  await manager.query("UPDATE notification SET status = 'queued', next_attempt_at = $2 WHERE id = ANY($1)", [
    ids,
    now,
  ]);
  return { ids, left: failed.length - ids.length };
}
