import { randomUUID } from 'node:crypto';
import { hashToken, newToken, SESSION_COOKIE } from '#libs/platform/auth/session-cookie.js';
import { usccCheckDigit } from '#libs/domain/organisation/check-uscc.js';
import type { TestClient } from './client.js';
import type { TestScene } from './platform.js';

export interface TestPerson {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  /** Signed in. */
  readonly client: TestClient;
}

let counter = 0;

/** A verified person with a live session. */
export async function makePerson(
  platform: TestScene,
  options: { readonly name?: string; readonly roles?: string[]; readonly locale?: 'zh-CN' | 'en' } = {},
): Promise<TestPerson> {
  counter += 1;
  const email = `person-${counter}-${randomUUID().slice(0, 8)}@test.example`;
  const name = options.name ?? `测试${counter}`;
  const [person] = await platform.dataSource.query<{ id: string }[]>(
    `INSERT INTO person (email, name, platform_roles, locale, email_verified_at) VALUES ($1, $2, $3, $4, now()) RETURNING id`,
    [email, name, options.roles ?? [], options.locale ?? 'zh-CN'],
  );
  const token = newToken();
  await platform.dataSource.query(
    `INSERT INTO session (person_id, token_hash, expires_at) VALUES ($1, $2, now() + interval '1 day')`,
    [person!.id, hashToken(token)],
  );
  const client = platform.client();
  client.setCookie(SESSION_COOKIE, token);
  return { id: person!.id, email, name, client };
}

/** A verified organisation with a valid 统一社会信用代码; `members` join it, the first as owner. */
export async function makeOrganisation(
  platform: TestScene,
  options: { readonly kind: string; readonly name?: string; readonly members?: readonly TestPerson[] },
): Promise<string> {
  counter += 1;
  const first17 = `91440115MA5${String(counter).padStart(6, '0')}`;
  const [row] = await platform.dataSource.query<{ id: string }[]>(
    `INSERT INTO organisation (name, kind, uscc, region_code, status, verified_at)
     VALUES ($1, $2, $3, '440115', 'verified', now()) RETURNING id`,
    [options.name ?? `测试机构${counter}`, options.kind, first17 + usccCheckDigit(first17)],
  );
  for (const [index, person] of (options.members ?? []).entries()) {
    await platform.dataSource.query(
      'INSERT INTO membership (organisation_id, person_id, role) VALUES ($1, $2, $3)',
      [row!.id, person.id, index === 0 ? 'owner' : 'member'],
    );
  }
  return row!.id;
}
