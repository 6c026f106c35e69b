import type { EntityManager } from 'typeorm';

export interface FeedRow {
  readonly id: string;
  readonly personId: string;
  readonly createdAt: Date;
  readonly lastReadAt: Date | null;
}

const COLUMNS = 'id, person_id AS "personId", created_at AS "createdAt", last_read_at AS "lastReadAt"';

/** The personal feed that is in force, or null. */
export async function currentFeed(manager: EntityManager, personId: string): Promise<FeedRow | null> {
  const rows = await manager.query<FeedRow[]>(
    `SELECT ${COLUMNS} FROM calendar_feed WHERE person_id = $1 AND revoked_at IS NULL ORDER BY id DESC LIMIT 1`,
    [personId],
  );
  return rows[0] ?? null;
}

/** Ends the addresses that were in force and makes a new one. */
export async function renewFeed(manager: EntityManager, personId: string, now: Date): Promise<FeedRow> {
  await revokeFeeds(manager, personId, now);
  const rows = await manager.query<FeedRow[]>(
    `INSERT INTO calendar_feed (person_id, created_at) VALUES ($1, $2) RETURNING ${COLUMNS}`,
    [personId, now],
  );
  return rows[0]!;
}

export async function revokeFeeds(manager: EntityManager, personId: string, now: Date): Promise<void> {
  await manager.query(
    'UPDATE calendar_feed SET revoked_at = $2 WHERE person_id = $1 AND revoked_at IS NULL',
    [personId, now],
  );
  // A statement of its own: it sees what a reader wrote for whom the one above waited.
  await manager.query(
    'DELETE FROM calendar_feed_version v USING calendar_feed f WHERE f.id = v.feed_id AND f.person_id = $1',
    [personId],
  );
}

/** The feed behind a valid address, which was read just now; null when it was revoked or its person is shut out. */
export async function readFeed(manager: EntityManager, id: string, now: Date): Promise<FeedRow | null> {
  const [rows] = await manager.query<[FeedRow[], number]>(
    `UPDATE calendar_feed f SET last_read_at = $2 FROM person p
     WHERE f.id = $1 AND f.revoked_at IS NULL AND p.id = f.person_id AND p.disabled_at IS NULL
     RETURNING f.id, f.person_id AS "personId", f.created_at AS "createdAt", f.last_read_at AS "lastReadAt"`,
    [id, now],
  );
  return rows[0] ?? null;
}
