import type { EntityManager } from 'typeorm';

/** Match runs and import batches that are not finished: the sweep offers them to the queue, which drops doubles. */
export async function waitingMatching(
  manager: EntityManager,
): Promise<{ runs: string[]; imports: string[] }> {
  const runs = await manager.query<{ id: string }[]>(
    "SELECT id FROM match_run WHERE status IN ('queued', 'running') ORDER BY id LIMIT 200",
  );
  const imports = await manager.query<{ id: string }[]>(
    "SELECT id FROM import_batch WHERE status IN ('queued', 'running') ORDER BY id LIMIT 50",
  );
  return { runs: runs.map((row) => row.id), imports: imports.map((row) => row.id) };
}
