import { gunzipSync, gzipSync } from 'node:zlib';
import type { EntityManager } from 'typeorm';
import {
  decodeStatistics,
  encodeStatistics,
  type CorpusStatistics,
} from '#libs/domain/matching/index/corpus-statistics.js';

export interface NewestStatistics {
  readonly version: number;
  readonly documents: number;
  /** The changes that are counted: text of a pg_snapshot. */
  readonly takenSnapshot: string;
}

/** Transaction-level advisory lock of whoever takes statistics. */
const LOCK = 4_713_820_031;
/** Older ones are kept for workers that are just reading them. */
const KEPT = 3;

/** The statistics that all workers score by, without their terms; null before the first. */
export async function newestStatistics(manager: EntityManager): Promise<NewestStatistics | null> {
  const [row] = await manager.query<{ version: string; documents: number; taken_snapshot: string }[]>(
    'SELECT version, documents, taken_snapshot FROM match_statistics ORDER BY version DESC LIMIT 1',
  );
  if (row === undefined) return null;
  return { version: Number(row.version), documents: row.documents, takenSnapshot: row.taken_snapshot };
}

/** Null when they were replaced meanwhile. */
export async function readStatistics(
  manager: EntityManager,
  version: number,
): Promise<CorpusStatistics | null> {
  const [row] = await manager.query<{ terms: Buffer }[]>(
    'SELECT terms FROM match_statistics WHERE version = $1',
    [version],
  );
  return row === undefined ? null : decodeStatistics(gunzipSync(row.terms));
}

/** Waits until nobody else takes statistics; until the transaction of `manager` ends. */
export async function lockStatistics(manager: EntityManager): Promise<void> {
  await manager.query('SELECT pg_advisory_xact_lock($1)', [LOCK]);
}

/** Makes these the newest; under {@link lockStatistics}. */
export async function writeStatistics(
  manager: EntityManager,
  statistics: CorpusStatistics,
  takenSnapshot: string,
): Promise<void> {
  const { version, documents, meanLengths } = statistics;
  await manager.query(
    `INSERT INTO match_statistics (version, documents, mean_lengths, terms, taken_snapshot) VALUES ($1, $2, $3, $4, $5)`,
    [version, documents, meanLengths, gzipSync(encodeStatistics(statistics), { level: 1 }), takenSnapshot],
  );
  await manager.query(
    `DELETE FROM match_statistics WHERE version NOT IN
       (SELECT version FROM match_statistics ORDER BY version DESC LIMIT ${KEPT})`,
  );
}
