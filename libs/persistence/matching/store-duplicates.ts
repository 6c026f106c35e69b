import type { EntityManager } from 'typeorm';
import type { DuplicatePair } from '#libs/domain/matching/near-duplicates.js';
import { COMPARED, type DuplicateKind } from './duplicate-texts.js';

/** Mates looked at per record, those with most bands in common first; of records with one signature only so many. */
const MOST_MATES = 20;

export interface Signature {
  readonly recordId: string;
  readonly version: number;
  readonly bands: readonly number[];
}

export async function storeSignatures(
  manager: EntityManager,
  kind: DuplicateKind,
  signatures: readonly Signature[],
): Promise<void> {
  await manager.query(
    `INSERT INTO text_signature (kind, record_id, version, bands)
     SELECT $1, s."recordId", s.version, s.bands
     FROM jsonb_to_recordset($2::jsonb) AS s("recordId" uuid, version integer, bands integer[])
     ON CONFLICT (kind, record_id) DO UPDATE SET version = excluded.version, bands = excluded.bands`,
    [kind, JSON.stringify(signatures)],
  );
}

/**
 * Ids of records that share a band with one of `ids`, without those themselves. Inside a transaction: the planner thinks
 * that reading all signatures is cheaper than asking the index for their bands, at any size; it is asked for all at once.
 * Of thousands of equal texts the first few are looked at, not all for each.
 */
export async function findMates(
  manager: EntityManager,
  kind: DuplicateKind,
  ids: readonly string[],
): Promise<string[]> {
  await manager.query('SET LOCAL enable_seqscan = off');
  const rows = await manager.query<{ id: string }[]>(
    `WITH own AS MATERIALIZED (SELECT record_id, bands FROM text_signature WHERE kind = $1 AND record_id = ANY($2)),
     found AS (SELECT record_id, bands, row_number() OVER (PARTITION BY bands ORDER BY record_id) AS place
       FROM text_signature
       WHERE kind = $1 AND bands && (SELECT array_agg(DISTINCT band) FROM own, unnest(bands) AS band)
         AND NOT (record_id = ANY($2))),
     shared AS (SELECT o.record_id AS own_id, f.record_id, count(*) AS common
       FROM own o CROSS JOIN unnest(o.bands) AS ours(band)
       JOIN (SELECT record_id, band FROM found CROSS JOIN unnest(bands) AS theirs(band) WHERE place <= ${MOST_MATES}) f
         ON f.band = ours.band
       GROUP BY o.record_id, f.record_id),
     ranked AS (SELECT record_id, row_number() OVER (PARTITION BY own_id ORDER BY common DESC, record_id) AS place FROM shared)
     SELECT DISTINCT record_id AS id FROM ranked WHERE place <= ${MOST_MATES} ORDER BY id`,
    [kind, ids],
  );
  await manager.query('SET LOCAL enable_seqscan TO DEFAULT');
  return rows.map(({ id }) => id);
}

/**
 * Makes `pairs` the suspected duplicates of `ids`. What people decided stays, also when a text was changed since;
 * undecided pairs that are not found any more go. Returns the other sides of those: they were perhaps bound to each
 * other through `ids` only, so they are to be compared anew.
 */
export async function storeDuplicates(
  manager: EntityManager,
  kind: DuplicateKind,
  ids: readonly string[],
  pairs: readonly DuplicatePair[],
): Promise<string[]> {
  const known = new Set(ids);
  const own = pairs.filter(({ lowerId, higherId }) => known.has(lowerId) || known.has(higherId));
  const [lost] = await manager.query<[PairRow[], number]>(
    `DELETE FROM near_duplicate d WHERE d.kind = $1 AND d.status = 'open'
       AND (d.lower_id = ANY($2) OR d.higher_id = ANY($2)) AND NOT EXISTS (
         SELECT 1 FROM jsonb_to_recordset($3::jsonb) AS p("lowerId" uuid, "higherId" uuid)
         WHERE p."lowerId" = d.lower_id AND p."higherId" = d.higher_id)
     RETURNING lower_id, higher_id`,
    [kind, ids, JSON.stringify(own)],
  );
  await manager.query(
    `INSERT INTO near_duplicate (kind, lower_id, higher_id, similarity)
     SELECT $1, p."lowerId", p."higherId", p.similarity
     FROM jsonb_to_recordset($2::jsonb) AS p("lowerId" uuid, "higherId" uuid, similarity double precision)
     ON CONFLICT (kind, lower_id, higher_id) DO UPDATE SET similarity = excluded.similarity`,
    [kind, JSON.stringify(own)],
  );
  return forgetOthers(manager, kind, known, lost);
}

interface PairRow {
  lower_id: string;
  higher_id: string;
}

/** Forgets the signatures of the records that `pairs` bound to `ids`. */
async function forgetOthers(
  manager: EntityManager,
  kind: DuplicateKind,
  ids: ReadonlySet<string>,
  pairs: readonly PairRow[],
): Promise<string[]> {
  const ends = new Set(pairs.flatMap((pair) => [pair.lower_id, pair.higher_id]));
  const others = [...ends].filter((id) => !ids.has(id));
  if (others.length > 0)
    await manager.query('DELETE FROM text_signature WHERE kind = $1 AND record_id = ANY($2)', [kind, others]);
  return others;
}

/** Forgets signatures of what left the market, and undecided pairs with it. */
export async function dropOldSignatures(manager: EntityManager, kind: DuplicateKind): Promise<void> {
  const [gone] = await manager.query<[{ id: string }[], number]>(
    `DELETE FROM text_signature s WHERE s.kind = $1
       AND NOT EXISTS (SELECT 1 FROM ${kind} r WHERE r.id = s.record_id AND ${COMPARED[kind]}) RETURNING s.record_id AS id`,
    [kind],
  );
  if (gone.length === 0) return;
  const ids = gone.map(({ id }) => id);
  const [lost] = await manager.query<[PairRow[], number]>(
    `DELETE FROM near_duplicate WHERE kind = $1 AND status = 'open'
       AND (lower_id = ANY($2) OR higher_id = ANY($2)) RETURNING lower_id, higher_id`,
    [kind, ids],
  );
  await forgetOthers(manager, kind, new Set(ids), lost);
}
