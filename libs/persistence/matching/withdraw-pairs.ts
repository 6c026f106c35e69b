import type { EntityManager } from 'typeorm';
import type { Exclusion } from '#libs/domain/matching/exclusion.js';
import { excludePairs, SETTLED } from './exclude-pairs.js';
import { queueMatchRun } from './queue-match-run.js';

/** More runs than this become one over everything. */
const MOST_RUNS = 40;

/** Takes all pairs between two organisations off the lists at once; pairs with a meeting or a deal are kept. */
export async function withdrawPairs(
  manager: EntityManager,
  organisations: readonly [string, string],
  exclusion: Exclusion,
  now: Date,
): Promise<{ withdrawn: number; kept: number }> {
  const pairs = await manager.query<{ id: string; settled: boolean; shown: boolean }[]>(
    `SELECT m.id, ${SETTLED} AS settled,
            m.exclusion IS NULL AND m.state = 'current' AND n.status IN ('published', 'engaged')
              AND c.status = 'published' AS shown
     FROM match m JOIN need n ON n.id = m.need_id JOIN capability c ON c.id = m.capability_id
     WHERE (n.organisation_id = $1 AND c.organisation_id = $2) OR (n.organisation_id = $2 AND c.organisation_id = $1)
     ORDER BY m.id FOR UPDATE OF m`,
    [...organisations],
  );
  const free = pairs.filter((pair) => !pair.settled);
  await excludePairs(
    manager,
    free.map(({ id }) => ({ id, exclusion })),
    now,
  );
  return {
    withdrawn: free.filter((pair) => pair.shown).length,
    kept: pairs.length - free.length,
  };
}

/** Queues runs for the published needs of some organisations. Returns the runs to wake. */
export async function queueOrganisationRuns(
  manager: EntityManager,
  organisationIds: readonly string[],
  requestedBy: string | null,
): Promise<string[]> {
  const needs = await manager.query<{ id: string }[]>(
    `SELECT id FROM need WHERE organisation_id = ANY($1) AND status IN ('published', 'engaged') ORDER BY id LIMIT $2`,
    [organisationIds, MOST_RUNS + 1],
  );
  const requests =
    needs.length > MOST_RUNS
      ? [{ scope: 'all' as const, subjectId: null }]
      : needs.map(({ id }) => ({ scope: 'need' as const, subjectId: id }));
  const runs: string[] = [];
  for (const request of requests) {
    const run = await queueMatchRun(manager, { ...request, requestedBy });
    if (run !== null) runs.push(run);
  }
  return runs;
}
