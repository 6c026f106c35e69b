import { createHash, randomBytes } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import type { OneTimeToken } from '../entities/identity.entity.js';

export type TokenKind = OneTimeToken['kind'];

export interface NewOneTimeToken {
  readonly kind: TokenKind;
  readonly email?: string | null;
  readonly personId?: string | null;
  readonly organisationId?: string | null;
  readonly payload?: Record<string, unknown>;
  readonly now: Date;
  /** Lifetime in milliseconds. */
  readonly lifetimeMs: number;
}

export interface UsedToken {
  readonly id: string;
  readonly email: string | null;
  readonly personId: string | null;
  readonly organisationId: string | null;
  readonly payload: Record<string, unknown>;
}

const digest = (raw: string): string => createHash('sha256').update(raw).digest('hex');

const COLUMNS = `id, email, person_id AS "personId", organisation_id AS "organisationId", payload`;

/** Makes a single-use token. `raw` goes into a link and nowhere else; only its SHA-256 is stored. */
export async function issueToken(
  manager: EntityManager,
  token: NewOneTimeToken,
): Promise<{ id: string; raw: string }> {
  const raw = randomBytes(32).toString('base64url');
  const rows: { id: string }[] = await manager.query(
    `INSERT INTO one_time_token (kind, token_hash, email, person_id, organisation_id, payload, created_at, expires_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING id`,
    [
      token.kind,
      digest(raw),
      token.email ?? null,
      token.personId ?? null,
      token.organisationId ?? null,
      JSON.stringify(token.payload ?? {}),
      token.now,
      new Date(token.now.getTime() + token.lifetimeMs),
    ],
  );
  return { id: rows[0]!.id, raw };
}

/**
 * Uses a token up: of any number of parallel calls exactly one gets it. Null when it is unknown, used or expired. A
 * rollback of the transaction gives the token back.
 */
export async function useToken(
  manager: EntityManager,
  kind: TokenKind,
  raw: string,
  now: Date,
): Promise<UsedToken | null> {
  const [rows]: [UsedToken[], number] = await manager.query(
    `UPDATE one_time_token SET used_at = $3
     WHERE token_hash = $1 AND kind = $2 AND used_at IS NULL AND expires_at > $3 RETURNING ${COLUMNS}`,
    [digest(raw), kind, now],
  );
  return rows[0] ?? null;
}

/** A token that could be used now, without using it. */
export async function findToken(
  manager: EntityManager,
  kind: TokenKind,
  raw: string,
  now: Date,
): Promise<UsedToken | null> {
  const rows: UsedToken[] = await manager.query(
    `SELECT ${COLUMNS} FROM one_time_token
     WHERE token_hash = $1 AND kind = $2 AND used_at IS NULL AND expires_at > $3`,
    [digest(raw), kind, now],
  );
  return rows[0] ?? null;
}

/** Makes every unused token of one kind of a person worthless. */
export async function voidTokens(
  manager: EntityManager,
  kind: TokenKind,
  personId: string,
  now: Date,
): Promise<void> {
  await manager.query(
    'UPDATE one_time_token SET used_at = $3 WHERE kind = $1 AND person_id = $2 AND used_at IS NULL',
    [kind, personId, now],
  );
}
