import type { EntityManager } from 'typeorm';

/** Ends all live sessions of a person except `keepSessionId`; returns how many ended. */
export async function revokeSessions(
  manager: EntityManager,
  personId: string,
  now: Date,
  keepSessionId: string | null = null,
): Promise<number> {
  const [, ended]: [unknown[], number] = await manager.query(
    `UPDATE session SET revoked_at = $2
     WHERE person_id = $1 AND revoked_at IS NULL AND ($3::uuid IS NULL OR id <> $3)`,
    [personId, now, keepSessionId],
  );
  return ended;
}
