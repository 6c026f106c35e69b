import type { EntityManager } from 'typeorm';

/** Makes mails due that were being sent, for the case that no process is left which could be sending them. */
export async function releaseLeases(manager: EntityManager): Promise<void> {
  await manager.query(
    "UPDATE notification SET next_attempt_at = least(next_attempt_at, now()) WHERE status = 'sending'",
  );
}
