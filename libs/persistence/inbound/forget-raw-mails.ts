import type { EntityManager } from 'typeorm';

/**
 * Deletes the texts of at most `most` mails that came in before `before` and answers of how many. A mail that waits to
 * be read, or in quarantine for somebody to settle it, keeps its text.
 */
export async function forgetRawMails(manager: EntityManager, before: Date, most: number): Promise<number> {
  const [, count] = await manager.query<[unknown[], number]>(
    `UPDATE inbound_mail SET raw = NULL WHERE id = ANY(ARRAY(
       SELECT id FROM inbound_mail WHERE raw IS NOT NULL AND received_at < $1 AND status <> 'received'
         AND (outcome IS DISTINCT FROM 'quarantine' OR settlement IS NOT NULL)
       ORDER BY id LIMIT $2 FOR UPDATE SKIP LOCKED))`,
    [before, most],
  );
  return count;
}
