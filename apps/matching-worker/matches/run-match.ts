import type { EntityManager } from 'typeorm';
import type { CapabilityIndex } from '#libs/domain/matching/index/capability-index.js';
import { matchNeed, type CapabilityLookup } from '#libs/domain/matching/match-need.js';
import type { MatchCandidate, MatchNeed, MatchOptions } from '#libs/domain/matching/match-types.js';
import { NO_RULES, type SharedRules } from '#libs/domain/matching/pair-rules.js';
import { verifyMatch } from '#libs/domain/matching/verify-match.js';
import { markExclusions } from '#libs/persistence/matching/exclude-pairs.js';
import { loadMatchNeeds, loadModeMapping } from '#libs/persistence/matching/load-match-records.js';
import { loadPairRules } from '#libs/persistence/matching/load-pair-rules.js';
import { loadSharedRules } from '#libs/persistence/matching/load-shared-rules.js';
import { storeMatches } from '#libs/persistence/matching/store-matches.js';
import type { Transactions } from '#libs/platform/database/transactions.js';

/** Matches kept per need, and the least score worth showing. */
const LIMIT = 30;
export const MIN_SCORE = 0.15;
const CHUNK = 10;

/** The matcher's result breaks its own rules: nothing of it is stored. */
class UnsoundMatches extends Error {}

interface Run {
  id: string;
  scope: 'all' | 'need' | 'capability';
  subject_id: string | null;
  model_version: string;
  cursor: string | null;
}

interface Corpus {
  readonly sharedRules: SharedRules;
  index: CapabilityIndex;
  documents: CapabilityLookup;
}

interface Context {
  readonly transactions: Transactions;
  readonly clock: () => Date;
  /** The index as the rows are now. */
  readonly refresh: (manager: EntityManager) => Promise<CapabilityIndex>;
  readonly documents: CapabilityLookup;
}

/**
 * Works a match run to its end. Needs are taken in id order, a chunk per transaction that also moves the run's cursor:
 * after a crash the next worker goes on behind the last chunk that committed.
 */
export async function runMatch(context: Context, runId: string): Promise<void> {
  const { transactions, clock } = context;
  const now = clock();
  const run = await claim(transactions, runId, now);
  if (run === null) return;
  try {
    const index = await context.refresh(transactions.manager);
    const options = {
      now,
      modeMapping: await loadModeMapping(transactions.manager),
      limit: LIMIT,
      minScore: MIN_SCORE,
    };
    await countTotal(transactions.manager, run);
    const corpus = {
      index,
      documents: context.documents,
      sharedRules: await loadSharedRules(transactions.manager),
    };
    for (;;) {
      const ids = await nextNeeds(transactions.manager, run);
      if (ids.length === 0) break;
      if (!(await matchChunk(transactions, run, ids, corpus, options))) return;
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

async function nextNeeds(manager: EntityManager, run: Run): Promise<string[]> {
  const rows = await manager.query<{ id: string }[]>(
    `SELECT id FROM need WHERE ${needFilter(run)} AND status IN ('published', 'engaged') AND disclosure <> 'closed'
       AND ($2::uuid IS NULL OR id > $2) ORDER BY id LIMIT ${CHUNK}`,
    [needSubject(run), run.cursor],
  );
  return rows.map((row) => row.id);
}

/** Matches a chunk of needs and moves the cursor; false when another worker has taken the run over. */
async function matchChunk(
  transactions: Transactions,
  run: Run,
  ids: readonly string[],
  corpus: Corpus,
  options: MatchOptions,
): Promise<boolean> {
  const needs = await loadMatchNeeds(transactions.manager, ids);
  const rules = await loadPairRules(transactions.manager, ids, corpus.sharedRules);
  const found = needs.map((need) => {
    const own = rules.get(need.id) ?? NO_RULES;
    return { need, rules: own, candidates: verified(need, corpus, { ...options, rules: own }) };
  });
  const cursor = ids.at(-1)!;
  const moved = await transactions.run(async ({ manager }) => {
    const [rows] = await manager.query<[unknown[], number]>(
      `UPDATE match_run SET cursor = $2, done = done + $3, matches_found = matches_found + $4
       WHERE id = $1 AND status = 'running' AND cursor IS NOT DISTINCT FROM $5::uuid RETURNING id`,
      [
        run.id,
        cursor,
        ids.length,
        found.reduce((sum, { candidates }) => sum + candidates.length, 0),
        run.cursor,
      ],
    );
    if (rows.length === 0) return false;
    for (const { need, rules: own, candidates } of found) {
      await markExclusions(manager, need, own, options.now);
      await storeMatches(manager, need.id, candidates, { id: run.id, modelVersion: run.model_version });
    }
    return true;
  });
  run.cursor = cursor;
  return moved;
}

function verified(need: MatchNeed, { index, documents }: Corpus, options: MatchOptions): MatchCandidate[] {
  const candidates = matchNeed(need, index, documents, options);
  const capabilities = candidates.flatMap((candidate) => documents(candidate.capabilityId) ?? []);
  const violations = verifyMatch(need, capabilities, candidates, options);
  if (violations.length > 0) throw new UnsoundMatches(`Need ${need.id}: ${violations.join('; ')}`);
  return candidates;
}
