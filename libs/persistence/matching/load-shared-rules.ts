import type { EntityManager } from 'typeorm';
import { clusterPairs } from '#libs/domain/matching/cluster-pairs.js';
import type { ReachedLimit, SharedRules } from '#libs/domain/matching/pair-rules.js';
import { OPEN_TALKS } from './open-talks.js';

interface StateRow {
  id: string;
  state: 'closed' | 'directed' | 'paused';
}
interface LimitRow extends ReachedLimit {
  id: string;
}

const limitsOf = (rows: readonly LimitRow[]) =>
  new Map(rows.map(({ id, limit, open }) => [id, { limit, open }]));

/** Published capabilities and organisations whose stated limit of open mutual pairs is reached. */
async function loadFull(
  manager: EntityManager,
): Promise<[capabilities: LimitRow[], organisations: LimitRow[]]> {
  return [
    await manager.query<LimitRow[]>(
      `SELECT c.id, c.max_open_matches AS limit, count(*)::int AS open
       FROM capability c JOIN match m ON m.capability_id = c.id JOIN need n ON n.id = m.need_id
       WHERE c.max_open_matches IS NOT NULL AND ${OPEN_TALKS} GROUP BY c.id HAVING count(*) >= c.max_open_matches`,
    ),
    await manager.query<LimitRow[]>(
      `SELECT o.id, o.max_open_matches AS limit, count(*)::int AS open
       FROM organisation o JOIN capability c ON c.organisation_id = o.id
       JOIN match m ON m.capability_id = c.id JOIN need n ON n.id = m.need_id
       WHERE o.max_open_matches IS NOT NULL AND ${OPEN_TALKS} GROUP BY o.id HAVING count(*) >= o.max_open_matches`,
    ),
  ];
}

/** Of the published experts who state a limit: it, and how many mutual pairs are open. */
export async function loadExpertTalks(manager: EntityManager): Promise<Map<string, ReachedLimit>> {
  return limitsOf(
    await manager.query<LimitRow[]>(
      `SELECT c.id, c.max_open_matches AS limit, count(n.id)::int AS open FROM capability c
       LEFT JOIN (match m JOIN need n ON n.id = m.need_id AND ${OPEN_TALKS}) ON m.capability_id = c.id
       WHERE c.offer_kind = 'expert' AND c.status = 'published' AND c.max_open_matches IS NOT NULL GROUP BY c.id`,
    ),
  );
}

/** For each record that has a near-identical twin, the least id of its cluster; pairs judged different do not count. */
export async function loadClusters(
  manager: EntityManager,
  kind: 'need' | 'capability',
): Promise<Map<string, string>> {
  const pairs = await manager.query<{ a: string; b: string }[]>(
    "SELECT lower_id AS a, higher_id AS b FROM near_duplicate WHERE kind = $1 AND status <> 'different'",
    [kind],
  );
  return clusterPairs(pairs.map(({ a, b }) => [a, b] as const));
}

/** Near-identical needs share their feedback: need id to the id of its cluster; needs without a twin are left out. */
export const loadNeedClusters = (manager: EntityManager): Promise<Map<string, string>> =>
  loadClusters(manager, 'need');

/** The part of the hard rules that is the same for every need, as the rows are now. Six queries. */
export async function loadSharedRules(manager: EntityManager): Promise<SharedRules> {
  const states = await manager.query<StateRow[]>(
    `SELECT id, disclosure AS state FROM capability WHERE status = 'published' AND disclosure IN ('closed', 'directed')
     UNION ALL
     SELECT id, 'paused' FROM capability WHERE status = 'published' AND matching_paused_at IS NOT NULL`,
  );
  const idsOf = (wanted: StateRow['state']) =>
    new Set(states.flatMap(({ id, state }) => (state === wanted ? [id] : [])));
  const [capabilities, organisations] = await loadFull(manager);
  return {
    pausedCapabilities: idsOf('paused'),
    closedCapabilities: idsOf('closed'),
    directedCapabilities: idsOf('directed'),
    fullCapabilities: limitsOf(capabilities),
    fullOrganisations: limitsOf(organisations),
    openTalks: await loadExpertTalks(manager),
    capabilityClusters: await loadClusters(manager, 'capability'),
  };
}
