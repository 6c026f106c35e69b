import type { EntityManager } from 'typeorm';
import { SETTLED } from './exclude-pairs.js';
import { queueMatchRun } from './queue-match-run.js';

/** So many in one sweep; the next takes the rest. */
const BATCH = 20;

/**
 * Queues runs for capabilities whose last day is over while pairs of them that nobody answered are still shown. `today`
 * in Asia/Shanghai. Returns the runs to wake.
 */
export async function queueExpiredCapabilities(manager: EntityManager, today: string): Promise<string[]> {
  const over = await manager.query<{ id: string }[]>(
    `SELECT c.id FROM capability c WHERE c.expires_at < $1 AND c.status = 'published' AND EXISTS (
       SELECT 1 FROM match m JOIN need n ON n.id = m.need_id
       WHERE m.capability_id = c.id AND m.state = 'current' AND m.exclusion IS NULL
         AND n.status IN ('published', 'engaged') AND n.disclosure <> 'closed'
         AND 'interested' NOT IN (m.need_answer, m.capability_answer) AND NOT ${SETTLED})
     ORDER BY c.id LIMIT ${BATCH}`,
    [today],
  );
  const runs: string[] = [];
  for (const { id } of over) {
    const run = await queueMatchRun(manager, { scope: 'capability', subjectId: id, requestedBy: null });
    if (run !== null) runs.push(run);
  }
  return runs;
}
