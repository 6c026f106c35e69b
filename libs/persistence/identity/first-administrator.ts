import type { EntityManager } from 'typeorm';
import { issueToken } from './one-time-tokens.js';

const LIFETIME_MS = 24 * 3600 * 1000;

/** Lets one transaction at a time decide about the first administrator. */
export async function lockFirstAdministrator(manager: EntityManager): Promise<void> {
  await manager.query(`SELECT pg_advisory_xact_lock(hashtext('first-administrator'))`);
}

/** True when a person who can sign in is an administrator. */
export async function hasAdministrator(manager: EntityManager): Promise<boolean> {
  const rows: { found: boolean }[] = await manager.query(
    `SELECT EXISTS (SELECT 1 FROM person WHERE 'administrator' = ANY (platform_roles) AND disabled_at IS NULL) AS found`,
  );
  return rows[0]!.found;
}

/**
 * The raw token of a link `/first-administrator?token=...`, good for one day and one use; earlier ones become
 * worthless. Null when there is an administrator.
 */
export async function issueFirstAdministratorToken(
  manager: EntityManager,
  now: Date,
): Promise<string | null> {
  if (await hasAdministrator(manager)) return null;
  await manager.query(
    `UPDATE one_time_token SET used_at = $1 WHERE kind = 'first_administrator' AND used_at IS NULL`,
    [now],
  );
  const { raw } = await issueToken(manager, { kind: 'first_administrator', now, lifetimeMs: LIFETIME_MS });
  return raw;
}
