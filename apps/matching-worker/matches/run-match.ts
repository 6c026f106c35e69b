import type { EntityManager } from 'typeorm';
import { markExclusions } from '#libs/persistence/matching/exclude-pairs.js';
import { storeMatches } from '#libs/persistence/matching/store-matches.js';
import type { Transactions } from '#libs/platform/database/transactions.js';
import type { MatchEngine, RankAnswer } from './match-engine.js';

/** Matches kept per need, and the least score worth showing. */
const LIMIT = 30;
export const MIN_SCORE = 0.08;
const CHUNK = 20;
/** Chunks that are ranked while one is stored. */
const AHEAD = 2;
/** Needs from which a second thread is worth its start. */
const LONG_RUN = 200;

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
  readonly engine: Pick<MatchEngine, 'rank' | 'affectedNeeds'>;
}

/** A run and, for one of a capability, the needs it may change; otherwise they are read as the run goes on. */
interface Work {
  readonly run: Run;
  readonly affected: readonly string[] | null;
  readonly now: Date;
  readonly isLong: boolean;
}

interface Chunk {
  readonly ids: readonly string[];
  readonly answer: RankAnswer;
}

/**
 * Works a match run to its end. Needs are taken in id order, a chunk per transaction that also moves the run's cursor:
 * after a crash the next worker goes on behind the last chunk that committed. The next chunks are ranked while one is
 * stored; the first is alone, since it may take the statistics anew that all of them are ranked by. A need whose matches
 * are unsound keeps those it had; the others are stored, and the run ends as failed with what was wrong.
 */
export async function runMatch(context: Context, runId: string): Promise<void> {
  const { transactions, clock } = context;
  const now = clock();
  const run = await claim(transactions, runId, now);
  if (run === null) return;
  const affected = await findAffected(context, run, now);
  const left = await countTotal(transactions.manager, run, affected);
  const work = { run, affected, now, isLong: left >= LONG_RUN };
  const chunks = rankAhead(context, work);
  for (let next = await chunks(); next !== null; next = await chunks()) {
    if (!(await storeChunk(transactions, run, await next.ranked, now))) return;
  }
  const [rows] = await transactions.manager.query<[{ error: string | null }[], number]>(
    `UPDATE match_run SET status = CASE WHEN error IS NULL THEN 'done' ELSE 'failed' END, finished_at = $2
     WHERE id = $1 AND status = 'running' RETURNING error`,
    [run.id, clock()],
  );
  const error = rows[0]?.error ?? null;
  if (error !== null) throw new Error(`Match run ${run.id}: ${error}`);
}

async function claim(transactions: Transactions, runId: string, now: Date): Promise<Run | null> {
  const [rows] = await transactions.manager.query<[Run[], number]>(
    `UPDATE match_run SET status = 'running', started_at = coalesce(started_at, $2)
     WHERE id = $1 AND status IN ('queued', 'running') RETURNING id, scope, subject_id, model_version, cursor`,
    [runId, now],
  );
  return rows[0] ?? null;
}

async function findAffected({ engine }: Context, run: Run, now: Date): Promise<string[] | null> {
  if (run.scope !== 'capability') return null;
  const capabilityId = run.subject_id!;
  return engine.affectedNeeds({ capabilityId, now, limit: LIMIT, minScore: MIN_SCORE });
}

/** The run's needs that take part in matching; $1 is the subject of a run of one need. */
const OPEN_NEEDS = `($1::uuid IS NULL OR id = $1) AND status IN ('published', 'engaged') AND disclosure <> 'closed'`;
const needSubject = (run: Run) => (run.scope === 'need' ? run.subject_id : null);

/** Notes how many needs the run is of; returns how many are left. */
async function countTotal(
  manager: EntityManager,
  run: Run,
  affected: readonly string[] | null,
): Promise<number> {
  const left = affected?.filter((id) => run.cursor === null || id > run.cursor).length ?? null;
  const [rows] = await manager.query<[{ left: number }[], number]>(
    `UPDATE match_run SET total = CASE WHEN $3::int IS NULL THEN (SELECT count(*) FROM need WHERE ${OPEN_NEEDS}) ELSE done + $3 END
     WHERE id = $2 RETURNING total - done AS left`,
    [needSubject(run), run.id, left],
  );
  return rows[0]?.left ?? 0;
}

async function nextNeeds(
  manager: EntityManager,
  { run, affected }: Work,
  cursor: string | null,
): Promise<string[]> {
  if (affected !== null) return affected.filter((id) => cursor === null || id > cursor).slice(0, CHUNK);
  const rows = await manager.query<{ id: string }[]>(
    `SELECT id FROM need WHERE ${OPEN_NEEDS} AND ($2::uuid IS NULL OR id > $2) ORDER BY id LIMIT ${CHUNK}`,
    [needSubject(run), cursor],
  );
  return rows.map((row) => row.id);
}

/** A chunk under way, in an object: awaiting the one that follows must not await its ranking. */
interface Ahead {
  readonly ranked: Promise<Chunk>;
}

/** Gives the chunks of a run one by one, in id order, and null behind the last; some are begun before they are asked for. */
function rankAhead(context: Context, work: Work): () => Promise<Ahead | null> {
  const ahead: Ahead[] = [];
  let cursor = work.run.cursor;
  let begun = 0;
  const begin = async (): Promise<boolean> => {
    const ids = await nextNeeds(context.transactions.manager, work, cursor);
    if (ids.length === 0) return false;
    const ranked = rankChunk(context, work, ids, { first: begun === 0 });
    // Awaited later, or not at all when storing fails.
    ranked.catch(() => undefined);
    if (begun === 0) await ranked;
    begun += 1;
    cursor = ids.at(-1)!;
    ahead.push({ ranked });
    return true;
  };
  return async () => {
    while (ahead.length <= AHEAD && (await begin()));
    return ahead.shift() ?? null;
  };
}

async function rankChunk(
  { engine }: Context,
  { run, now, isLong }: Work,
  ids: readonly string[],
  { first }: { first: boolean },
): Promise<Chunk> {
  const answer = await engine.rank({
    session: `${run.id} ${now.toISOString()}`,
    modelVersion: run.model_version,
    freshStatistics: run.scope === 'all' && run.cursor === null && first,
    ofMany: isLong && !first,
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
  { ids, answer: { needs, unsound, statisticsVersion } }: Chunk,
  now: Date,
): Promise<boolean> {
  const cursor = ids.at(-1)!;
  const problems = unsound.map(({ need, problem }) => `Need ${need.id}: ${problem}`).join('; ');
  const found = needs.reduce((sum, { candidates }) => sum + candidates.length, 0);
  const moved = await transactions.run(async ({ manager }) => {
    const [rows] = await manager.query<[unknown[], number]>(
      `UPDATE match_run SET cursor = $2, done = done + $3, matches_found = matches_found + $4, statistics_version = $6,
         error = left(nullif(concat_ws('; ', error, nullif($7::text, '')), ''), 500)
       WHERE id = $1 AND status = 'running' AND cursor IS NOT DISTINCT FROM $5::uuid RETURNING id`,
      [run.id, cursor, ids.length, found, run.cursor, statisticsVersion, problems],
    );
    if (rows.length === 0) return false;
    await markExclusions(manager, [...needs, ...unsound], now);
    await storeMatches(manager, needs, { id: run.id, modelVersion: run.model_version });
    return true;
  });
  run.cursor = cursor;
  return moved;
}
