import type { ClientBase } from 'pg';
import { MIGRATION_TABLE } from './data-source.js';
import { migrations } from './migrations.js';

/** SQLSTATE undefined_table. */
const NO_SUCH_TABLE = '42P01';

/**
 * Whether TypeORM has recorded every migration, by name as it does itself: branches that are merged bring migrations
 * older than the newest.
 */
export async function areMigrationsRecorded(client: ClientBase): Promise<boolean> {
  const recorded = await recordedNames(client);
  return migrations.every((Migration) => recorded.has(new Migration().name ?? Migration.name));
}

async function recordedNames(client: ClientBase): Promise<Set<string>> {
  try {
    const { rows } = await client.query<{ name: string }>(`SELECT name FROM ${MIGRATION_TABLE}`);
    return new Set(rows.map((row) => row.name));
  } catch (error) {
    // A new database.
    if ((error as { code?: string }).code === NO_SUCH_TABLE) return new Set();
    throw error;
  }
}
