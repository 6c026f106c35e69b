import type { EntityManager } from 'typeorm';
import { modelInUse } from './model-in-use.js';

export interface MatchRunRequest {
  readonly scope: 'all' | 'need' | 'capability';
  /** The need or capability; null for scope `all`. */
  readonly subjectId: string | null;
  /** Person, or null when the platform asks by itself. */
  readonly requestedBy: string | null;
}

/**
 * Writes a waiting match run in the transaction of `manager`. Returns its id for `JobQueue.wake('run-match', [id])`
 * after the commit, or null when an equal run waits already: that one will read what is committed now.
 */
export async function queueMatchRun(
  manager: EntityManager,
  request: MatchRunRequest,
): Promise<string | null> {
  const model = await modelInUse(manager);
  const rows: { id: string }[] = await manager.query(
    `INSERT INTO match_run (scope, subject_id, model_version, requested_by)
     SELECT $1, $2::uuid, $3, $4::uuid
     WHERE $1 <> 'all' OR NOT EXISTS (SELECT 1 FROM match_run WHERE scope = 'all' AND status = 'queued')
     ON CONFLICT (scope, subject_id) WHERE status = 'queued' AND subject_id IS NOT NULL DO NOTHING
     RETURNING id`,
    [request.scope, request.subjectId, model.version, request.requestedBy],
  );
  return rows[0]?.id ?? null;
}
