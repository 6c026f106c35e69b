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

/** Which of some sessions live: not revoked, not expired, their person not disabled. */
export async function liveSessions(manager: EntityManager, ids: readonly string[]): Promise<Set<string>> {
  const rows = await manager.query<{ id: string }[]>(
    `SELECT s.id FROM session s JOIN person p ON p.id = s.person_id
     WHERE s.id = ANY($1) AND s.revoked_at IS NULL AND s.expires_at > now() AND p.disabled_at IS NULL`,
    [ids],
  );
  return new Set(rows.map(({ id }) => id));
}
