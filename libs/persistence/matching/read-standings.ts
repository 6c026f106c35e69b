import type { EntityManager } from 'typeorm';

/** What a need holds of a capability's kind. */
export interface Standing {
  readonly needId: string;
  /** Whether the two have been a pair before, in whatever state. */
  readonly paired: boolean;
  /** Current matches of the kind, and the least score among them; null when there is none. */
  readonly held: readonly string[];
  readonly least: number | null;
}

const PAGE = 200;

/** Every need that takes part in matching, in pages by id, and how it stands with offers like this capability. */
export async function* readStandings(
  manager: EntityManager,
  capabilityId: string,
): AsyncGenerator<Standing[]> {
  let after = '00000000-0000-0000-0000-000000000000';
  for (;;) {
    const rows = await manager.query<Standing[]>(
      `SELECT n.id AS "needId", EXISTS (SELECT 1 FROM match p WHERE p.need_id = n.id AND p.capability_id = $1) AS paired,
         s.held, s.least
       FROM need n CROSS JOIN LATERAL (
         SELECT coalesce(array_agg(c.id), '{}') AS held, min(m.score) AS least FROM match m JOIN capability c ON c.id = m.capability_id
         WHERE m.need_id = n.id AND m.state = 'current'
           AND c.offer_kind = (SELECT offer_kind FROM capability WHERE id = $1)) s
       WHERE n.id > $2 AND n.status IN ('published', 'engaged') AND n.disclosure <> 'closed' ORDER BY n.id LIMIT ${PAGE}`,
      [capabilityId, after],
    );
    if (rows.length === 0) return;
    yield rows;
    after = rows.at(-1)!.needId;
  }
}
