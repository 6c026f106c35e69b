import type { EntityManager } from 'typeorm';
import { queueMatchRun } from './queue-match-run.js';

/** SQL: the pair `m` of need `n` takes up a place: mutual interest in a need that is neither settled nor withdrawn. */
export const OPEN_TALKS = `m.mutual_at IS NOT NULL AND n.status IN ('published', 'engaged', 'contracted')`;

/** How many mutual pairs of a capability, or of all capabilities of an organisation, are open. */
export async function countOpenTalks(
  manager: EntityManager,
  of: 'capability' | 'organisation',
  id: string,
): Promise<number> {
  const column = of === 'capability' ? 'c.id' : 'c.organisation_id';
  const rows = await manager.query<{ open: number }[]>(
    `SELECT count(*)::int AS open FROM match m JOIN need n ON n.id = m.need_id
     JOIN capability c ON c.id = m.capability_id WHERE ${column} = $1 AND ${OPEN_TALKS}`,
    [id],
  );
  return rows[0]!.open;
}

/** After mutual interest began or ended: where a limit is stated, what may be proposed has changed. Runs to wake. */
export async function queueLimitRuns(manager: EntityManager, capabilityId: string): Promise<string[]> {
  const [limits] = await manager.query<{ own: boolean; owner: boolean }[]>(
    `SELECT c.max_open_matches IS NOT NULL AS own, o.max_open_matches IS NOT NULL AS owner
     FROM capability c LEFT JOIN organisation o ON o.id = c.organisation_id WHERE c.id = $1`,
    [capabilityId],
  );
  if (limits === undefined || (!limits.own && !limits.owner)) return [];
  const run = await queueMatchRun(manager, {
    ...(limits.owner
      ? { scope: 'all' as const, subjectId: null }
      : { scope: 'capability' as const, subjectId: capabilityId }),
    requestedBy: null,
  });
  return run === null ? [] : [run];
}
