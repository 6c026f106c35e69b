import type { EntityManager } from 'typeorm';

/** What signing in needs of a person. */
export interface Account {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly locale: 'zh-CN' | 'en';
  readonly passwordHash: string | null;
  readonly verified: boolean;
  readonly disabled: boolean;
}

const COLUMNS = `id, email, name, locale, password_hash AS "passwordHash", email_verified_at IS NOT NULL AS verified,
  disabled_at IS NOT NULL AS disabled`;

export async function findAccount(manager: EntityManager, email: string): Promise<Account | null> {
  const rows: Account[] = await manager.query(`SELECT ${COLUMNS} FROM person WHERE email = $1`, [email]);
  return rows[0] ?? null;
}

/** The account, locked until the transaction ends. */
export async function lockAccount(manager: EntityManager, id: string): Promise<Account | null> {
  const rows: Account[] = await manager.query(`SELECT ${COLUMNS} FROM person WHERE id = $1 FOR UPDATE`, [id]);
  return rows[0] ?? null;
}
