import type { EntityManager } from 'typeorm';
import { modelInUse } from './model-in-use.js';
import { queueMatchRun } from './queue-match-run.js';

/**
 * After an upgrade that came with another model: queues a run over everything by it, once. Otherwise what is shown would
 * be by two models until each record happens to change. Returns the run to wake.
 */
export async function queueUpgradeRun(manager: EntityManager): Promise<string[]> {
  const { version } = await modelInUse(manager);
  const [row] = await manager.query<{ due: boolean }[]>(
    `SELECT EXISTS (SELECT 1 FROM match WHERE state = 'current' AND run_id IS NOT NULL AND model_version <> $1)
       AND NOT EXISTS (SELECT 1 FROM match_run WHERE scope = 'all' AND model_version = $1) AS due`,
    [version],
  );
  if (row?.due !== true) return [];
  const run = await queueMatchRun(manager, { scope: 'all', subjectId: null, requestedBy: null });
  return run === null ? [] : [run];
}
