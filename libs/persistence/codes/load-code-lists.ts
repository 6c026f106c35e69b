import type { ClientBase } from 'pg';

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
 * that old records keep their words. Runs inside one transaction of its own; does nothing for a version that is loaded.
 */
export async function loadCodeLists(
  client: ClientBase,
  lists: readonly CodeListData[],
  crosswalks: readonly CrosswalkData[],
): Promise<void> {
  await client.query('BEGIN');
  try {
    const { rows } = await client.query<{ id: string; version: string }>('SELECT id, version FROM code_list');
    const loaded = new Map(rows.map((row) => [row.id, row.version]));
    for (const list of lists) {
      if (loaded.get(list.list) !== list.version) await loadList(client, list);
    }
    for (const walk of crosswalks) await loadCrosswalk(client, walk);
    await client.query('COMMIT');
  } catch (error) {
    // What went wrong first is what counts.
    await client.query('ROLLBACK').catch(() => undefined);
    throw error;
  }
}

async function loadCrosswalk(client: ClientBase, walk: CrosswalkData): Promise<void> {
  await client.query(
    `INSERT INTO code_crosswalk AS known (from_list, from_code, to_list, to_code, relation)
     SELECT $1, pair->>0, $2, pair->>1, coalesce(pair->>2, 'close') FROM jsonb_array_elements($3::jsonb) AS pair
     ON CONFLICT (from_list, from_code, to_list, to_code) DO UPDATE SET relation = excluded.relation
       WHERE known.relation <> excluded.relation`,
    [walk.from, walk.to, JSON.stringify(walk.pairs)],
  );
}

async function loadList(client: ClientBase, list: CodeListData): Promise<void> {
  await client.query(
    `INSERT INTO code_list (id, scheme, version, zh, en, source) VALUES ($1, $2, $3, $4, $5, $6)
     ON CONFLICT (id) DO UPDATE SET scheme = $2, version = $3, zh = $4, en = $5, source = $6, loaded_at = now()`,
    [list.list, list.scheme, list.version, list.zh, list.en, list.source],
  );
  await client.query(
    `INSERT INTO code_item (list_id, code, zh, en, parent, position, valid_from, valid_to)
     SELECT $1, item->>'code', item->>'zh', item->>'en', item->>'parent', position,
            (item->>'validFrom')::date, (item->>'validTo')::date
     FROM jsonb_array_elements($2::jsonb) WITH ORDINALITY AS entry(item, position)
     ON CONFLICT (list_id, code) DO UPDATE SET zh = excluded.zh, en = excluded.en, parent = excluded.parent,
       position = excluded.position, valid_from = excluded.valid_from, valid_to = excluded.valid_to`,
    [list.list, JSON.stringify(list.items)],
  );
  await client.query(
    'UPDATE code_item SET valid_to = coalesce(valid_to, current_date) WHERE list_id = $1 AND NOT (code = ANY($2))',
    [list.list, list.items.map((item) => item.code)],
  );
}
