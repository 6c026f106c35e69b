import type { EntityManager } from 'typeorm';
import type { NeedCounts } from '#libs/domain/matching/learning/need-statistics.js';
import { SEMANTIC_SAMPLE } from '#libs/domain/matching/learning/open-corpus.js';
import { SemanticSpace } from '#libs/domain/matching/learning/semantic-space.js';
import type { MatchCapability, MatchNeed } from '#libs/domain/matching/match-types.js';
import { loadMatchCapabilities, loadMatchNeeds } from './load-match-records.js';

/** What learned ranking reads of the whole market; all workers read the same for one version of the statistics. */
export interface StoredCorpus {
  readonly needCounts: NeedCounts;
  readonly semantic: SemanticSpace;
}

/** Needs whose words are counted: more change no weight. */
const COUNTED_NEEDS = 20_000;
const BATCH = 2000;

/** Null before it was written. */
export async function readCorpus(
  manager: EntityManager,
  statisticsVersion: number,
): Promise<StoredCorpus | null> {
  const [row] = await manager.query<{ need_counts: NeedCounts; semantic: Buffer }[]>(
    'SELECT need_counts, semantic FROM match_corpus WHERE statistics_version = $1',
    [statisticsVersion],
  );
  return row === undefined
    ? null
    : { needCounts: row.need_counts, semantic: SemanticSpace.decode(row.semantic) };
}

/** Keeps what was read first when two write at once, and drops what belongs to statistics that are gone. */
export async function writeCorpus(
  manager: EntityManager,
  statisticsVersion: number,
  { needCounts, semantic }: StoredCorpus,
): Promise<void> {
  await manager.query(
    `INSERT INTO match_corpus (statistics_version, need_counts, semantic) VALUES ($1, $2, $3)
     ON CONFLICT (statistics_version) DO NOTHING`,
    [statisticsVersion, JSON.stringify(needCounts), semantic.encode()],
  );
  await manager.query(
    `DELETE FROM match_corpus c WHERE c.statistics_version <> $1
       AND NOT EXISTS (SELECT 1 FROM match_statistics s WHERE s.version = c.statistics_version)`,
    [statisticsVersion],
  );
}

async function idsOf(manager: EntityManager, table: 'need' | 'capability', most: number): Promise<string[]> {
  const statuses = table === 'need' ? "('published', 'engaged')" : "('published')";
  const rows = await manager.query<{ id: string }[]>(
    `SELECT id FROM ${table} WHERE status IN ${statuses} AND disclosure <> 'closed' ORDER BY id DESC LIMIT $1`,
    [most],
  );
  return rows.map(({ id }) => id);
}

async function inBatches<Value>(
  ids: readonly string[],
  load: (part: readonly string[]) => Promise<Value[]>,
): Promise<Value[]> {
  const found: Value[] = [];
  for (let from = 0; from < ids.length; from += BATCH)
    found.push(...(await load(ids.slice(from, from + BATCH))));
  return found;
}

/** The newest needs on the market, for counting their words. */
export async function loadNeedTexts(manager: EntityManager): Promise<MatchNeed[]> {
  return inBatches(await idsOf(manager, 'need', COUNTED_NEEDS), (ids) => loadMatchNeeds(manager, ids));
}

/** The newest capabilities on the market, to build the semantic space from. */
export async function loadCapabilitySample(manager: EntityManager): Promise<MatchCapability[]> {
  const ids = await idsOf(manager, 'capability', SEMANTIC_SAMPLE);
  return inBatches(ids, (part) => loadMatchCapabilities(manager, part));
}
