import type { EntityManager } from 'typeorm';
import { queueMatchRun } from './queue-match-run.js';

/** How embedding by the configured model goes on. */
export interface EmbeddingState {
  readonly id: string;
  readonly model: string;
  /** Null until the service has answered once. */
  readonly dimensions: number | null;
  readonly failures: number;
  readonly nextAttemptAt: Date | null;
}

const STATE = 'id, model, dimensions, failures, next_attempt_at AS "nextAttemptAt"';

/** The model's row; written when it is new. */
export async function openEmbeddingModel(
  manager: EntityManager,
  model: string,
  now: Date,
): Promise<EmbeddingState> {
  const read = () =>
    manager.query<EmbeddingState[]>(`SELECT ${STATE} FROM embedding_model WHERE model = $1`, [model]);
  const [known] = await read();
  if (known !== undefined) return known;
  await manager.query(
    'INSERT INTO embedding_model (model, matched_at) VALUES ($1, $2) ON CONFLICT (model) DO NOTHING',
    [model, now],
  );
  return (await read())[0]!;
}

/** Notes that the service answered; the first answer says how wide the model's vectors are. */
export async function noteAnswer(manager: EntityManager, id: string, dimensions: number): Promise<void> {
  await manager.query(
    `UPDATE embedding_model SET dimensions = coalesce(dimensions, $2), failures = 0, last_error = NULL, failed_at = NULL,
       next_attempt_at = NULL WHERE id = $1`,
    [id, dimensions],
  );
}

/** Notes a failure and when to try again. */
export async function noteFailure(
  manager: EntityManager,
  id: string,
  failure: { readonly error: string; readonly at: Date; readonly nextAttemptAt: Date },
): Promise<void> {
  await manager.query(
    `UPDATE embedding_model SET failures = failures + 1, last_error = $2, failed_at = $3, next_attempt_at = $4 WHERE id = $1`,
    [id, failure.error.slice(0, 300), failure.at, failure.nextAttemptAt],
  );
}

/** More new vectors than these are matched by one run over everything. */
const MOST_RUNS = 20;

/**
 * Queues match runs for what was embedded since the last time. Returns their ids for `JobQueue.wake('run-match', ids)`
 * after the commit.
 */
export async function queueRunsOfEmbedded(
  manager: EntityManager,
  { id, model }: Pick<EmbeddingState, 'id' | 'model'>,
  now: Date,
): Promise<string[]> {
  const fresh = await manager.query<{ kind: 'need' | 'capability'; recordId: string }[]>(
    `SELECT e.kind, e.record_id AS "recordId" FROM text_embedding e, embedding_model m
     WHERE m.id = $1 AND e.model = $2 AND e.dimensions > 0 AND e.embedded_at >= m.matched_at
     ORDER BY e.kind DESC, e.record_id LIMIT ${MOST_RUNS + 1}`,
    [id, model],
  );
  if (fresh.length === 0) return [];
  await manager.query('UPDATE embedding_model SET matched_at = $2 WHERE id = $1', [id, now]);
  const requests =
    fresh.length > MOST_RUNS
      ? [{ scope: 'all' as const, subjectId: null }]
      : fresh.map(({ kind, recordId }) => ({ scope: kind, subjectId: recordId }));
  const runs: string[] = [];
  for (const request of requests) {
    const run = await queueMatchRun(manager, { ...request, requestedBy: null });
    if (run !== null) runs.push(run);
  }
  return runs;
}

export interface EmbeddingFailure {
  readonly lastError: string | null;
  readonly failedAt: Date | null;
  readonly nextAttemptAt: Date | null;
}

/** The last failure since the service answered; all null when there is none. */
export async function readEmbeddingFailure(manager: EntityManager, model: string): Promise<EmbeddingFailure> {
  const [row] = await manager.query<EmbeddingFailure[]>(
    `SELECT last_error AS "lastError", failed_at AS "failedAt", next_attempt_at AS "nextAttemptAt"
     FROM embedding_model WHERE model = $1`,
    [model],
  );
  return row ?? { lastError: null, failedAt: null, nextAttemptAt: null };
}
