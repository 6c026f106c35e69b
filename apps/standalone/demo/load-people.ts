import { hashPassword } from '#libs/platform/auth/passwords.js';
import type { EntityManager } from 'typeorm';
import { usccCheckDigit } from '#libs/domain/organisation/check-uscc.js';
import { hashToken, newToken } from '#libs/platform/auth/session-cookie.js';
import { demoData } from './demo-data.js';
import type { Ids } from './demo-stage.js';

/** Password of every demo account. */
export const DEMO_PASSWORD = 'duijie-demo-2026';

/** Enterprises and institutes carry the code of an enterprise or of a public institution of the district. */
function uscc(kind: string, index: number): string {
  const head = kind === 'enterprise' || kind === 'bank' || kind === 'park' ? '91' : '12';
  const first17 = `${head}440115MAD${String(index + 1).padStart(6, '0')}`;
  return first17 + usccCheckDigit(first17);
}

/** Everybody of the demo district, verified; returns a session token per person and the ids by key. */
export async function loadPeople(
  manager: EntityManager,
  since: Date,
): Promise<{ tokens: Map<string, string>; ids: Ids }> {
  const ids: Ids = new Map();
  const tokens = new Map<string, string>();
  const passwordHash = await hashPassword(DEMO_PASSWORD);
  await manager.transaction(async (tx) => {
    for (const [index, org] of demoData.organisations.entries()) {
      const [row] = await tx.query<{ id: string }[]>(
        `INSERT INTO organisation (name, short_name, name_en, kind, uscc, region_code, industry, address, intro, website,
           legal_rep, enterprise_status, contact_name, contact_phone, contact_email, status, verified_at, created_at, updated_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, 'verified', $16, $16, $16) RETURNING id`,
        [
          org.name,
          org.shortName,
          org.en,
          org.kind,
          uscc(org.kind, index),
          org.regionCode,
          org.industry,
          org.address,
          org.intro,
          org.website,
          org.legalRep,
          org.enterpriseStatus,
          org.contactName,
          org.contactPhone,
          org.contactEmail,
          since,
        ],
      );
      ids.set(org.key, row!.id);
    }
    for (const person of demoData.people) {
      const [row] = await tx.query<{ id: string }[]>(
        `INSERT INTO person (email, name, phone, password_hash, platform_roles, email_verified_at, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $6) RETURNING id`,
        [person.email, person.name, person.phone, passwordHash, person.platformRoles, since],
      );
      ids.set(person.key, row!.id);
      const token = newToken();
      tokens.set(person.key, token);
      await tx.query(
        "INSERT INTO session (person_id, token_hash, user_agent, expires_at) VALUES ($1, $2, 'demo', now() + interval '1 hour')",
        [row!.id, hashToken(token)],
      );
      for (const membership of person.organisations) {
        await tx.query(
          'INSERT INTO membership (organisation_id, person_id, role, title, created_at) VALUES ($1, $2, $3, $4, $5)',
          [ids.get(membership.key), row!.id, membership.role, membership.title, since],
        );
      }
    }
  });
  return { tokens, ids };
}
