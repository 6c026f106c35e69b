import type { EntityManager } from 'typeorm';
import { writeAudit } from '../audit/write-audit.js';
import { modelInUse } from './model-in-use.js';
import { queueMatchRun } from './queue-match-run.js';

export interface ModelName {
  readonly id: string;
  readonly version: string;
}

/** Training, activating and retiring wait for each other until the transaction ends. */
export const lockModels = (manager: EntityManager): Promise<unknown> =>
  manager.query("SELECT pg_advisory_xact_lock(hashtext('match_model'))");

/** Null when a training is under way. */
export async function startTraining(
  manager: EntityManager,
  day: string,
  /** Person, or null when the platform does it by itself. */
  createdBy: string | null,
): Promise<ModelName | null> {
  await lockModels(manager);
  const training = await manager.query<unknown[]>("SELECT 1 FROM match_model WHERE status = 'training'");
  if (training.length > 0) return null;
  const [row] = await manager.query<ModelName[]>(
    `INSERT INTO match_model (version, kind, status, created_by)
     SELECT $1::text || (count(*) + 1), 'trained', 'training', $2 FROM match_model WHERE version LIKE $1 || '%'
     RETURNING id, version`,
    [`trained-${day}-`, createdBy],
  );
  await auditModel(manager, createdBy, 'train-match-model', row!);
  return row!;
}

/** Scores everything by this version from now on. The one in use until now stays at hand for the way back. */
export async function useModel(
  manager: EntityManager,
  model: ModelName,
  { now, by }: { readonly now: Date; readonly by: string | null },
): Promise<void> {
  await manager.query("UPDATE match_model SET status = 'retired' WHERE status = 'active'");
  await manager.query(
    // That it had been overtaken is settled now; what was measured of it stays to be read.
    `UPDATE match_model SET status = 'active', kept_back = nullif(kept_back, 'superseded'), activated_at = $2, activated_by = $3
     WHERE id = $1`,
    [model.id, now, by],
  );
  await auditModel(manager, by, 'activate-match-model', model);
}

/** After the model in use has changed: a run over everything by it. Returns its id to wake, or null. */
export async function rematchByModelInUse(
  manager: EntityManager,
  requestedBy: string | null,
): Promise<string | null> {
  // Runs that wait were promised the former version.
  const { version } = await modelInUse(manager);
  await manager.query("UPDATE match_run SET model_version = $1 WHERE status = 'queued'", [version]);
  return queueMatchRun(manager, { scope: 'all', subjectId: null, requestedBy });
}

export const auditModel = (
  manager: EntityManager,
  actorId: string | null,
  action: string,
  { id, version }: ModelName,
): Promise<void> =>
  writeAudit(manager, {
    actorId,
    action,
    subjectKind: 'match_model',
    subjectId: id,
    detail: { version },
  });

/** Pairs answered since the newest model was begun, and whether the platform began one by itself since `since`. */
export async function answersSinceTraining(
  manager: EntityManager,
  since: Date,
): Promise<{ readonly answers: number; readonly begun: boolean }> {
  const [row] = await manager.query<{ answers: number; begun: boolean }[]>(
    `SELECT (SELECT count(*)::int FROM match m
             WHERE (m.need_answer NOT IN ('none', 'later') OR m.capability_answer NOT IN ('none', 'later'))
               AND greatest(m.need_answered_at, m.capability_answered_at) >
                   coalesce((SELECT max(created_at) FROM match_model WHERE status <> 'failed'), '-infinity')) AS answers,
            EXISTS (SELECT 1 FROM match_model WHERE created_by IS NULL AND kind = 'trained' AND created_at >= $1) AS begun`,
    [since],
  );
  return row!;
}
