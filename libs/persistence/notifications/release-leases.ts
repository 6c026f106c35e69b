import type { EntityManager } from 'typeorm';

/** Frees mails that were being sent, for the case that no process is left which could be sending them. */
export async function releaseLeases(manager: EntityManager): Promise<void> {
  await manager.query(
    `UPDATE delivery_attempt SET held_until = NULL
     WHERE held_until IS NOT NULL AND notification_id IN (SELECT id FROM notification WHERE status = 'queued')`,
  );
}
