import type { EntityManager } from 'typeorm';
import type {
  BlockKind,
  OrganisationBlock,
  PairRules,
  SharedRules,
} from '#libs/domain/matching/pair-rules.js';

interface NeedRow {
  id: string;
  organisation_id: string | null;
  paused: boolean;
  disclosure: string;
  directed_to: string[];
  engaged: string[];
}
interface BlockRow {
  organisation_id: string;
  blocked_organisation_id: string;
  kind: BlockKind;
}

/** Values by key; a key without values has an empty set. */
class Sets {
  private readonly sets = new Map<string, Set<string>>();

  add(key: string, value: string): void {
    const set = this.sets.get(key);
    if (set === undefined) this.sets.set(key, new Set([value]));
    else set.add(value);
  }

  of(key: string | null): ReadonlySet<string> {
    return (key === null ? undefined : this.sets.get(key)) ?? new Set();
  }
}

/** The other organisations under the same root as each of `ids`. */
export async function loadGroups(manager: EntityManager, ids: readonly string[]): Promise<Sets> {
  const rows = await manager.query<{ of: string; id: string }[]>(
    `WITH RECURSIVE up AS (
       SELECT id AS of, id, parent_id FROM organisation WHERE id = ANY($1)
       UNION SELECT up.of, o.id, o.parent_id FROM up JOIN organisation o ON o.id = up.parent_id),
     down AS (
       SELECT of, id FROM up WHERE parent_id IS NULL
       UNION SELECT down.of, o.id FROM down JOIN organisation o ON o.parent_id = down.id)
     SELECT of, id FROM down WHERE id <> of`,
    [ids],
  );
  const groups = new Sets();
  for (const { of, id } of rows) groups.add(of, id);
  return groups;
}

/** The blocks in force of each organisation, whoever stated them; of several between two, a dispute tells most. */
async function loadBlocks(
  manager: EntityManager,
  ids: readonly string[],
): Promise<Map<string, Map<string, OrganisationBlock>>> {
  const rows = await manager.query<BlockRow[]>(
    `SELECT organisation_id, blocked_organisation_id, kind FROM match_block
     WHERE ended_at IS NULL AND (organisation_id = ANY($1) OR blocked_organisation_id = ANY($1))
     ORDER BY array_position(ARRAY['dispute', 'competitor', 'other'], kind), created_at, id`,
    [ids],
  );
  const blocks = new Map<string, Map<string, OrganisationBlock>>(ids.map((id) => [id, new Map()]));
  for (const { organisation_id: statedBy, blocked_organisation_id: blocked, kind } of rows)
    for (const [one, other] of [
      [statedBy, blocked],
      [blocked, statedBy],
    ] as const) {
      const known = blocks.get(one);
      if (known !== undefined && !known.has(other)) known.set(other, { kind, statedBy });
    }
  return blocks;
}

/** Directed capabilities that each organisation was given. */
async function loadGranted(manager: EntityManager, ids: readonly string[]): Promise<Sets> {
  const rows = await manager.query<{ organisation_id: string; capability_id: string }[]>(
    `SELECT g.organisation_id, g.subject_id AS capability_id FROM sealed_grant g JOIN capability c ON c.id = g.subject_id
     WHERE g.subject_kind = 'capability' AND g.revoked_at IS NULL AND g.organisation_id = ANY($1)
       AND c.disclosure = 'directed'`,
    [ids],
  );
  const granted = new Sets();
  for (const row of rows) granted.add(row.organisation_id, row.capability_id);
  return granted;
}

async function loadNeeds(manager: EntityManager, ids: readonly string[]): Promise<NeedRow[]> {
  return manager.query<NeedRow[]>(
    `SELECT n.id, n.organisation_id, n.matching_paused_at IS NOT NULL AS paused, n.disclosure,
       ARRAY(SELECT g.organisation_id FROM sealed_grant g WHERE g.subject_kind = 'need' AND g.subject_id = n.id
         AND g.revoked_at IS NULL AND g.organisation_id IS NOT NULL) AS directed_to,
       ARRAY(SELECT m.capability_id FROM match m WHERE m.need_id = n.id AND m.exclusion IS NULL
         AND 'interested' IN (m.need_answer, m.capability_answer)
         AND 'declined' NOT IN (m.need_answer, m.capability_answer)) AS engaged
     FROM need n WHERE n.id = ANY($1)`,
    [ids],
  );
}

/** The hard rules of some needs, as the rows are now; `shared` from `loadSharedRules`. Four queries whatever the number. */
export async function loadPairRules(
  manager: EntityManager,
  needIds: readonly string[],
  shared: SharedRules,
): Promise<Map<string, PairRules>> {
  const needs = await loadNeeds(manager, needIds);
  const owners = [...new Set(needs.flatMap((need) => need.organisation_id ?? []))];
  const groups = await loadGroups(manager, owners);
  const blocks = await loadBlocks(manager, owners);
  const granted = await loadGranted(manager, owners);
  return new Map(
    needs.map((need): [string, PairRules] => [
      need.id,
      {
        shared,
        needPaused: need.paused,
        needClosed: need.disclosure === 'closed',
        needDirectedTo: need.disclosure === 'directed' ? new Set(need.directed_to) : null,
        groupOrganisations: groups.of(need.organisation_id),
        blocks: blocks.get(need.organisation_id ?? '') ?? new Map<string, OrganisationBlock>(),
        grantedCapabilities: granted.of(need.organisation_id),
        engagedCapabilities: new Set(need.engaged),
      },
    ]),
  );
}
