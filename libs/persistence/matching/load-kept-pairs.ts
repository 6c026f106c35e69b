import type { EntityManager } from 'typeorm';

/** A pair that stays whatever the engine finds: pinned, or one side is interested or wants to decide later. */
export const KEPT_PAIR = `(override = 'pinned' OR need_answer IN ('interested', 'later') OR capability_answer IN ('interested', 'later'))`;

/** By need: the capabilities of its kept pairs that no rule forbids. */
export async function loadKeptPairs(
  manager: EntityManager,
  needIds: readonly string[],
): Promise<Map<string, string[]>> {
  const rows = await manager.query<{ need: string; capabilities: string[] }[]>(
    `SELECT need_id AS need, array_agg(capability_id ORDER BY capability_id) AS capabilities FROM match
     WHERE need_id = ANY($1) AND exclusion IS NULL AND ${KEPT_PAIR} GROUP BY need_id`,
    [needIds],
  );
  return new Map(rows.map(({ need, capabilities }) => [need, capabilities]));
}
