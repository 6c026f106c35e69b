import type { EntityManager } from 'typeorm';
import type { TextRecord } from '#libs/domain/matching/near-duplicates.js';

export type DuplicateKind = 'need' | 'capability';

/** SQL: the text of record `r` that is compared with others. */
export const COMPARED_TEXT: Record<DuplicateKind, string> = {
  need: `concat_ws(E'\\n', r.title, r.problem, r.key_tech, r.expected_goal, r.public_summary)`,
  capability: `concat_ws(E'\\n', r.title, r.abstract, r.key_tech, r.market, r.public_summary)`,
};

/** SQL: record `r` is compared at all. */
export const COMPARED: Record<DuplicateKind, string> = {
  need: "r.status IN ('published', 'engaged')",
  capability: "r.status = 'published'",
};

export interface UnsignedRecord extends TextRecord {
  readonly version: number;
}

/**
 * Records on the market without a signature of their present version, in id order; `only` limits it to some, `after` to
 * those behind an id, which saves passing by all that are signed.
 */
export async function loadUnsigned(
  manager: EntityManager,
  kind: DuplicateKind,
  { only, after }: { readonly only: readonly string[] | null; readonly after: string },
  limit: number,
): Promise<UnsignedRecord[]> {
  return manager.query<UnsignedRecord[]>(
    `SELECT r.id, r.version, ${COMPARED_TEXT[kind]} AS text FROM ${kind} r
     WHERE ${COMPARED[kind]} AND ($1::uuid[] IS NULL OR r.id = ANY($1)) AND r.id > $3::uuid AND NOT EXISTS (
       SELECT 1 FROM text_signature s
       WHERE s.kind = '${kind}' AND s.record_id = r.id AND s.record_id > $3::uuid AND s.version = r.version)
     ORDER BY r.id LIMIT $2`,
    [only, limit, after],
  );
}

export async function loadComparedTexts(
  manager: EntityManager,
  kind: DuplicateKind,
  ids: readonly string[],
): Promise<TextRecord[]> {
  return manager.query<TextRecord[]>(
    `SELECT r.id, ${COMPARED_TEXT[kind]} AS text FROM ${kind} r WHERE r.id = ANY($1) AND ${COMPARED[kind]} ORDER BY r.id`,
    [ids],
  );
}
