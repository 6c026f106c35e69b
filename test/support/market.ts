import type { TestScene } from './platform.js';

/** A published need or capability with any further columns; answers its id. */
export async function insertRecord(
  platform: TestScene,
  kind: 'need' | 'capability',
  owner: { readonly organisationId: string; readonly personId: string },
  values: Record<string, unknown>,
): Promise<string> {
  const columns = {
    organisation_id: owner.organisationId,
    created_by: owner.personId,
    status: 'published',
    published_at: new Date(),
    ...values,
  };
  const [row] = await platform.dataSource.query<{ id: string }[]>(
    `INSERT INTO ${kind} (${Object.keys(columns).join(', ')}) VALUES (${Object.keys(columns)
      .map((_, i) => `$${i + 1}`)
      .join(', ')}) RETURNING id`,
    Object.values(columns),
  );
  return row!.id;
}

/** A pair as a run would have stored it, with any further columns; answers its id. */
export async function insertMatch(
  platform: TestScene,
  pair: { readonly needId: string; readonly capabilityId: string },
  values: Record<string, unknown> = {},
): Promise<string> {
  const columns = {
    need_id: pair.needId,
    capability_id: pair.capabilityId,
    score: 0.5,
    rank: 1,
    factors: '[]',
    reasons: '[]',
    model_version: 'test',
    need_version: 1,
    capability_version: 1,
    ...values,
  };
  const [row] = await platform.dataSource.query<{ id: string }[]>(
    `INSERT INTO match (${Object.keys(columns).join(', ')}) VALUES (${Object.keys(columns)
      .map((_, i) => `$${i + 1}`)
      .join(', ')}) RETURNING id`,
    Object.values(columns),
  );
  return row!.id;
}
