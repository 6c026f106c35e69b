import type { EntityManager } from 'typeorm';
import { decodeHalfFloats, encodeHalfFloats } from '#libs/domain/matching/embedding/half-float.js';
import { EMBEDDED_KINDS, type EmbeddedKind } from '../entities/text-embedding.entity.js';

/** SQL: record `r` takes part in matching. */
const MATCHED: Record<EmbeddedKind, string> = {
  need: "r.status IN ('published', 'engaged') AND r.disclosure <> 'closed'",
  capability: "r.status = 'published' AND r.disclosure <> 'closed'",
};

/** SQL: record `r` has no vector of its present version by model $1. */
const UNREAD = (kind: EmbeddedKind) => `${MATCHED[kind]} AND NOT EXISTS (SELECT 1 FROM text_embedding e
  WHERE e.kind = '${kind}' AND e.record_id = r.id AND e.model = $1 AND e.version = r.version)`;

/** Whether a record waits for its vector. */
export async function anyUnembedded(manager: EntityManager, model: string): Promise<boolean> {
  const waits = EMBEDDED_KINDS.map((kind) => `EXISTS (SELECT 1 FROM ${kind} r WHERE ${UNREAD(kind)})`);
  const [row] = await manager.query<{ any: boolean }[]>(`SELECT ${waits.join(' OR ')} AS any`, [model]);
  return row!.any;
}

/** Ids of records that wait for their vector, behind `after`, in id order. */
export async function findUnembedded(
  manager: EntityManager,
  kind: EmbeddedKind,
  model: string,
  page: { readonly after: string; readonly limit: number },
): Promise<string[]> {
  const rows = await manager.query<{ id: string }[]>(
    `SELECT r.id FROM ${kind} r WHERE r.id > $2 AND ${UNREAD(kind)} ORDER BY r.id LIMIT $3`,
    [model, page.after, page.limit],
  );
  return rows.map(({ id }) => id);
}

/** Hashes of the texts whose vectors are stored, by record. */
export async function storedHashes(
  manager: EntityManager,
  kind: EmbeddedKind,
  model: string,
  ids: readonly string[],
): Promise<Map<string, string>> {
  const rows = await manager.query<{ id: string; hash: string }[]>(
    `SELECT record_id AS id, text_hash AS hash FROM text_embedding
     WHERE kind = $1 AND model = $2 AND record_id = ANY($3)`,
    [kind, model, ids],
  );
  return new Map(rows.map(({ id, hash }) => [id, hash]));
}

export interface ReadText {
  readonly id: string;
  readonly version: number;
  readonly hash: string;
}

/** The vectors are of these versions too: their texts have not changed. */
export async function confirmVersions(
  manager: EntityManager,
  kind: EmbeddedKind,
  model: string,
  texts: readonly ReadText[],
): Promise<void> {
  await manager.query(
    `UPDATE text_embedding e SET version = t.version FROM jsonb_to_recordset($3::jsonb) AS t(id uuid, version integer)
     WHERE e.kind = $1 AND e.model = $2 AND e.record_id = t.id`,
    [kind, model, JSON.stringify(texts)],
  );
}

/** Stores a vector for each text; an empty one for a text that the service refuses. Idempotent. */
export async function storeEmbeddings(
  manager: EntityManager,
  kind: EmbeddedKind,
  model: string,
  texts: readonly (ReadText & { readonly vector: Float32Array })[],
  now: Date,
): Promise<void> {
  for (const { id, version, hash, vector } of texts)
    await manager.query(
      `INSERT INTO text_embedding (kind, record_id, model, version, text_hash, dimensions, vector, embedded_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (kind, record_id, model) DO UPDATE
         SET version = excluded.version, text_hash = excluded.text_hash, dimensions = excluded.dimensions,
             vector = excluded.vector, embedded_at = excluded.embedded_at`,
      [kind, id, model, version, hash, vector.length, encodeHalfFloats(vector), now],
    );
}

/** Vectors by record; those without one, or of another width, are left out. */
export async function loadVectors(
  manager: EntityManager,
  kind: EmbeddedKind,
  { model, dimensions }: VectorSet,
  ids: readonly string[],
): Promise<Map<string, Float32Array>> {
  const rows = await manager.query<{ id: string; vector: Buffer }[]>(
    `SELECT record_id AS id, vector FROM text_embedding
     WHERE kind = $1 AND model = $2 AND dimensions = $3 AND record_id = ANY($4)`,
    [kind, model, dimensions, ids],
  );
  return new Map(rows.map(({ id, vector }) => [id, decodeHalfFloats(vector)]));
}

/** Capabilities' vectors stored at `since` or later (null: all), behind `after`, in id order. */
export async function vectorsSince(
  manager: EntityManager,
  { model, dimensions }: VectorSet,
  page: { readonly since: Date | null; readonly after: string; readonly limit: number },
): Promise<{ id: string; vector: Float32Array; embeddedAt: Date }[]> {
  const rows = await manager.query<{ id: string; vector: Buffer; embeddedAt: Date }[]>(
    `SELECT record_id AS id, vector, embedded_at AS "embeddedAt" FROM text_embedding
     WHERE kind = 'capability' AND model = $1 AND dimensions = $2 AND record_id > $3
       AND ($4::timestamptz IS NULL OR embedded_at >= $4) ORDER BY record_id LIMIT $5`,
    [model, dimensions, page.after, page.since, page.limit],
  );
  return rows.map(({ vector, ...row }) => ({ ...row, vector: decodeHalfFloats(vector) }));
}

/** Vectors of just any capabilities: the first of the set by id. */
export async function sampleVectors(
  manager: EntityManager,
  { model, dimensions }: VectorSet,
  limit: number,
): Promise<Float32Array[]> {
  const rows = await manager.query<{ vector: Buffer }[]>(
    `SELECT vector FROM text_embedding WHERE kind = 'capability' AND model = $1 AND dimensions = $2
     ORDER BY record_id LIMIT $3`,
    [model, dimensions, limit],
  );
  return rows.map(({ vector }) => decodeHalfFloats(vector));
}

/** The vectors of one model. */
export interface VectorSet {
  readonly model: string;
  readonly dimensions: number;
}

/** A new model's vectors serve as soon as there are nearly as many of them as of the one before. */
const COMPLETE_SHARE = 0.95;

/**
 * The set to rank by when `configured` is the model in the settings: its own vectors, or those of the model before while
 * they are still many more. Null without any.
 */
export async function vectorSetInUse(manager: EntityManager, configured: string): Promise<VectorSet | null> {
  const rows = await manager.query<(VectorSet & { count: number })[]>(
    `SELECT e.model, m.dimensions, count(*)::int AS count FROM text_embedding e JOIN embedding_model m ON m.model = e.model
     WHERE m.dimensions = e.dimensions GROUP BY e.model, m.dimensions ORDER BY count DESC, e.model`,
  );
  const [most] = rows;
  const own = rows.find(({ model }) => model === configured);
  const set = own !== undefined && own.count >= COMPLETE_SHARE * most!.count ? own : most;
  return set === undefined ? null : { model: set.model, dimensions: set.dimensions };
}

/** Drops vectors of records that left the market and, as `model` is complete, those of all other models. */
export async function dropOldEmbeddings(manager: EntityManager, model: string): Promise<void> {
  await manager.query('DELETE FROM text_embedding WHERE model <> $1', [model]);
  await manager.query('DELETE FROM embedding_model WHERE model <> $1', [model]);
  for (const kind of EMBEDDED_KINDS)
    await manager.query(
      `DELETE FROM text_embedding e WHERE e.kind = '${kind}'
         AND NOT EXISTS (SELECT 1 FROM ${kind} r WHERE r.id = e.record_id AND ${MATCHED[kind]})`,
    );
}

/** How many records that take part in matching have a vector of their present text by a model. */
export async function countEmbedded(
  manager: EntityManager,
  model: string,
): Promise<{ readonly embedded: number; readonly refused: number; readonly total: number }> {
  const counts = EMBEDDED_KINDS.map(
    (kind) => `SELECT count(*) FILTER (WHERE e.dimensions > 0)::int AS embedded,
        count(*) FILTER (WHERE e.dimensions = 0)::int AS refused, count(*)::int AS total
      FROM ${kind} r LEFT JOIN text_embedding e
        ON e.kind = '${kind}' AND e.record_id = r.id AND e.model = $1 AND e.version = r.version
      WHERE ${MATCHED[kind]}`,
  );
  const [row] = await manager.query<{ embedded: number; refused: number; total: number }[]>(
    `SELECT sum(embedded)::int AS embedded, sum(refused)::int AS refused, sum(total)::int AS total
     FROM (${counts.join(' UNION ALL ')}) c`,
    [model],
  );
  return row!;
}
