import type { EntityManager } from 'typeorm';
import { markExclusions } from '#libs/persistence/matching/exclude-pairs.js';
import { storeMatches } from '#libs/persistence/matching/store-matches.js';
import type { Transactions } from '#libs/platform/database/transactions.js';
import { UnsoundMatches, type MatchEngine, type RankAnswer } from './match-engine.js';

/** Matches kept per need, and the least score worth showing. */
const LIMIT = 30;
export const MIN_SCORE = 0.15;
const CHUNK = 20;

interface Run {
  id: string;
  scope: 'all' | 'need' | 'capability';
  subject_id: string | null;
  model_version: string;
  cursor: string | null;
}

interface Context {
  readonly transactions: Transactions;
  readonly clock: () => Date;
  readonly engine: Pick<MatchEngine, 'rank'>;
}

interface Chunk {
  readonly ids: readonly string[];
  readonly answer: RankAnswer;
}

/**
 * Works a match run to its end. Needs are taken in id order, a chunk per transaction that also moves the run's cursor:
 * after a crash the next worker goes on behind the last chunk that committed. The next chunk is ranked while one is stored.
 */
export async function runMatch(context: Context, runId: string): Promise<void> {
  const { transactions, clock } = context;
  const now = clock();
  const run = await claim(transactions, runId, now);
  if (run === null) return;
  try {
    await countTotal(transactions.manager, run);
    let next = rankNext(context, run, run.cursor, now);
    for (;;) {
      const chunk = await next;
      if (chunk === null) break;
      next = rankNext(context, run, chunk.ids.at(-1)!, now);
      // Awaited a turn later, or not at all when storing fails.
      next.catch(() => undefined);
      if (!(await storeChunk(transactions, run, chunk, now))) return;
    }
    await transactions.manager.query(
      "UPDATE match_run SET status = 'done', finished_at = $2 WHERE id = $1 AND status = 'running'",
      [run.id, clock()],
    );
  } catch (error) {
    // Whatever else happens to the database or the connection passes: the sweep takes the run up again.
    if (!(error instanceof UnsoundMatches)) throw error;
    await transactions.manager.query(
      "UPDATE match_run SET status = 'failed', error = $2, finished_at = $3 WHERE id = $1 AND status = 'running'",
      [run.id, error.message.slice(0, 500), clock()],
    );
    throw error;
  }
}

async function claim(transactions: Transactions, runId: string, now: Date): Promise<Run | null> {
  const [rows] = await transactions.manager.query<[Run[], number]>(
    `UPDATE match_run SET status = 'running', started_at = coalesce(started_at, $2)
     WHERE id = $1 AND status IN ('queued', 'running') RETURNING id, scope, subject_id, model_version, cursor`,
    [runId, now],
  );
  return rows[0] ?? null;
}

const needFilter = (run: Run) => (run.scope === 'need' ? 'id = $1' : '$1::uuid IS NULL');
const needSubject = (run: Run) => (run.scope === 'need' ? run.subject_id : null);

async function countTotal(manager: EntityManager, run: Run): Promise<void> {
  await manager.query(
    `UPDATE match_run SET total = (SELECT count(*) FROM need WHERE ${needFilter(run)} AND status IN ('published', 'engaged')
       AND disclosure <> 'closed') WHERE id = $2`,
    [needSubject(run), run.id],
  );
}

async function nextNeeds(manager: EntityManager, run: Run, cursor: string | null): Promise<string[]> {
  const rows = await manager.query<{ id: string }[]>(
    `SELECT id FROM need WHERE ${needFilter(run)} AND status IN ('published', 'engaged') AND disclosure <> 'closed'
       AND ($2::uuid IS NULL OR id > $2) ORDER BY id LIMIT ${CHUNK}`,
    [needSubject(run), cursor],
  );
  return rows.map((row) => row.id);
}

/** The needs behind `cursor`, ranked; null when there are none. */
async function rankNext(
  { transactions, engine }: Context,
  run: Run,
  cursor: string | null,
  now: Date,
): Promise<Chunk | null> {
  const ids = await nextNeeds(transactions.manager, run, cursor);
  if (ids.length === 0) return null;
  const answer = await engine.rank({
    session: `${run.id} ${now.toISOString()}`,
    freshStatistics: run.scope === 'all' && cursor === null,
    needIds: ids,
    now,
    limit: LIMIT,
    minScore: MIN_SCORE,
  });
  return { ids, answer };
}

/** Stores a chunk's matches and moves the cursor; false when another worker has taken the run over. */
async function storeChunk(
  transactions: Transactions,
  run: Run,
  { ids, answer: { needs, statisticsVersion } }: Chunk,
  now: Date,
): Promise<boolean> {
  const cursor = ids.at(-1)!;
  const found = needs.reduce((sum, { candidates }) => sum + candidates.length, 0);
  const moved = await transactions.run(async ({ manager }) => {
    const [rows] = await manager.query<[unknown[], number]>(
      `UPDATE match_run SET cursor = $2, done = done + $3, matches_found = matches_found + $4, statistics_version = $6
       WHERE id = $1 AND status = 'running' AND cursor IS NOT DISTINCT FROM $5::uuid RETURNING id`,
      [run.id, cursor, ids.length, found, run.cursor, statisticsVersion],
    );
    if (rows.length === 0) return false;
    for (const { need, rules, candidates } of needs) {
      await markExclusions(manager, need, rules, now);
      await storeMatches(manager, need.id, candidates, { id: run.id, modelVersion: run.model_version });
    }
    return true;
  });
  run.cursor = cursor;
  return moved;
}
