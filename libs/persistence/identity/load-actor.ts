import type { EntityManager } from 'typeorm';
import type { Actor, ActorMembership, PlatformRole } from '#libs/domain/access/actor.js';

interface ActorRow {
  token_hash: string;
  session_id: string;
  person_id: string;
  email: string;
  name: string;
  locale: 'zh-CN' | 'en';
  platform_roles: PlatformRole[];
  memberships: ActorMembership[];
  stale: boolean;
}

/** The actors of live sessions (not revoked, not expired, person not disabled), by the hashes of their tokens. One query. */
export async function loadActors(
  manager: EntityManager,
  tokenHashes: readonly string[],
): Promise<Map<string, Actor>> {
  const rows: ActorRow[] = await manager.query(
    `SELECT s.token_hash, s.id AS session_id, p.id AS person_id, p.email, p.name, p.locale, p.platform_roles,
            s.last_seen_at < now() - interval '5 minutes' AS stale,
            coalesce((SELECT jsonb_agg(jsonb_build_object('organisationId', m.organisation_id, 'organisationKind', o.kind,
                        'organisationVerified', o.status = 'verified', 'role', m.role) ORDER BY m.id)
                      FROM membership m JOIN organisation o ON o.id = m.organisation_id
                      WHERE m.person_id = p.id), '[]') AS memberships
     FROM session s JOIN person p ON p.id = s.person_id
     WHERE s.token_hash = ANY($1) AND s.revoked_at IS NULL AND s.expires_at > now() AND p.disabled_at IS NULL`,
    [tokenHashes],
  );
  const stale = rows.filter((row) => row.stale).map((row) => row.session_id);
  if (stale.length > 0)
    await manager.query('UPDATE session SET last_seen_at = now() WHERE id = ANY($1)', [stale]);
  return new Map(rows.map((row) => [row.token_hash, toActor(row)]));
}

function toActor(row: ActorRow): Actor {
  return {
    personId: row.person_id,
    email: row.email,
    name: row.name,
    locale: row.locale,
    roles: row.platform_roles,
    memberships: row.memberships,
    sessionId: row.session_id,
  };
}
