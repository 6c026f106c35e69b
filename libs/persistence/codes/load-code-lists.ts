import type { EntityManager } from 'typeorm';

export interface CodeListData {
  readonly list: string;
  readonly scheme: string;
  readonly version: string;
  readonly zh: string;
  readonly en: string;
  readonly source: string;
  readonly items: readonly {
    readonly code: string;
    readonly zh: string;
    readonly en: string;
    readonly parent: string | null;
    readonly validFrom: string;
    readonly validTo: string | null;
  }[];
}

export type CrosswalkRelation = 'exact' | 'close' | 'related';

export interface CrosswalkData {
  readonly from: string;
  readonly to: string;
  /** The third says how much of the one the other is; `close` when absent. */
  readonly pairs: readonly (
    readonly [from: string, to: string] | readonly [from: string, to: string, relation: CrosswalkRelation]
  )[];
}

/**
 * Brings the code tables to the given versions. Codes that a newer version no longer has stay, closed by `valid_to`, so
 * that old records keep their words. Runs inside one transaction; does nothing for a version that is loaded.
 */
export async function loadCodeLists(
  manager: EntityManager,
  lists: readonly CodeListData[],
  crosswalks: readonly CrosswalkData[],
): Promise<void> {
  await manager.transaction(async (tx) => {
    for (const list of lists) await loadList(tx, list);
    for (const walk of crosswalks) {
      await tx.query(
        `INSERT INTO code_crosswalk AS known (from_list, from_code, to_list, to_code, relation)
         SELECT $1, pair->>0, $2, pair->>1, coalesce(pair->>2, 'close') FROM jsonb_array_elements($3::jsonb) AS pair
         ON CONFLICT (from_list, from_code, to_list, to_code) DO UPDATE SET relation = excluded.relation
           WHERE known.relation <> excluded.relation`,
        [walk.from, walk.to, JSON.stringify(walk.pairs)],
      );
    }
  });
}

async function loadList(tx: EntityManager, list: CodeListData): Promise<void> {
  const loaded: unknown[] = await tx.query('SELECT 1 FROM code_list WHERE id = $1 AND version = $2', [
    list.list,
    list.version,
  ]);
  if (loaded.length > 0) return;
  await tx.query(
    `INSERT INTO code_list (id, scheme, version, zh, en, source) VALUES ($1, $2, $3, $4, $5, $6)
     ON CONFLICT (id) DO UPDATE SET scheme = $2, version = $3, zh = $4, en = $5, source = $6, loaded_at = now()`,
    [list.list, list.scheme, list.version, list.zh, list.en, list.source],
  );
  await tx.query(
    `INSERT INTO code_item (list_id, code, zh, en, parent, position, valid_from, valid_to)
     SELECT $1, item->>'code', item->>'zh', item->>'en', item->>'parent', position,
            (item->>'validFrom')::date, (item->>'validTo')::date
     FROM jsonb_array_elements($2::jsonb) WITH ORDINALITY AS entry(item, position)
     ON CONFLICT (list_id, code) DO UPDATE SET zh = excluded.zh, en = excluded.en, parent = excluded.parent,
       position = excluded.position, valid_from = excluded.valid_from, valid_to = excluded.valid_to`,
    [list.list, JSON.stringify(list.items)],
  );
  await tx.query(
    'UPDATE code_item SET valid_to = coalesce(valid_to, current_date) WHERE list_id = $1 AND NOT (code = ANY($2))',
    [list.list, list.items.map((item) => item.code)],
  );
}
