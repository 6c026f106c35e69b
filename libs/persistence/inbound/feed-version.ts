import type { EntityManager } from 'typeorm';

/**
 * When a feed changed last, to the second: the first time that somebody read it with other bytes than before. An event
 * that left it is noticed as well, of which no time in the rest of the feed tells. Later than any time given before.
 * `feedId`: of a personal feed; of one that was revoked meanwhile nothing is kept.
 */
export async function feedChangedAt(
  manager: EntityManager,
  { feed, feedId }: { readonly feed: string; readonly feedId: string | null },
  hash: string,
  now: Date,
): Promise<Date> {
  const [known] = await manager.query<{ hash: string; changedAt: Date }[]>(
    'SELECT hash, changed_at AS "changedAt" FROM calendar_feed_version WHERE feed = $1',
    [feed],
  );
  if (known?.hash === hash) return known.changedAt;
  const [stored] = await manager.query<{ changedAt: Date }[]>(
    `WITH alive AS MATERIALIZED (SELECT id FROM calendar_feed WHERE id = $4 AND revoked_at IS NULL FOR SHARE)
     INSERT INTO calendar_feed_version AS v (feed, feed_id, hash, changed_at)
     SELECT $1, $4::uuid, $2, date_trunc('second', $3::timestamptz) WHERE $4::uuid IS NULL OR EXISTS (SELECT FROM alive)
     ON CONFLICT (feed) DO UPDATE SET hash = excluded.hash,
       changed_at = CASE WHEN v.hash = excluded.hash THEN v.changed_at
                         ELSE greatest(excluded.changed_at, v.changed_at + interval '1 second') END
     RETURNING changed_at AS "changedAt"`,
    [feed, hash, now, feedId],
  );
  return stored?.changedAt ?? new Date(Math.floor(now.getTime() / 1000) * 1000);
}
