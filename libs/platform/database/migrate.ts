import type { Client } from 'pg';
import type { Config } from '#config/config.js';
import { codeLists, crosswalks } from '#libs/contracts/code-lists/read-code-lists.js';
import { createDataSource } from '#libs/persistence/data-source.js';
import { loadCodeLists } from '#libs/persistence/codes/load-code-lists.js';
import { areMigrationsRecorded } from '#libs/persistence/migrations-recorded.js';
import { migrateQueue } from '../queue/queue-backend.js';
import { checkDatabase } from './check-database.js';
import { connectClient } from './connect-client.js';

const LOCK = 7_216_001;

/**
 * Brings database, queue schema and code lists to this version. Safe to run from many processes at once: one after the
 * other does it, each on one connection that holds the lock, and nearly all find nothing to do.
 * Throws ServerUnreachableError when database or Redis do not answer.
 */
export async function migrate(config: Pick<Config, 'databaseUrl' | 'redisUrl'>): Promise<void> {
  if (config.databaseUrl === null) throw new Error('DATABASE_URL is needed.');
  await checkDatabase(config.databaseUrl);
  const client = await connectClient(config.databaseUrl);
  try {
    await client.query('SELECT pg_advisory_lock($1)', [LOCK]);
    await migrateTables(config.databaseUrl, client);
    await loadCodeLists(client, codeLists, crosswalks);
    await migrateQueue(config, client);
  } finally {
    // The lock goes with the connection.
    await client.end();
  }
}

/** TypeORM, with its model of every table and connections of its own, is only asked when there is something to run. */
async function migrateTables(url: string, client: Client): Promise<void> {
  if (await areMigrationsRecorded(client)) return;
  const dataSource = await createDataSource(url, 2).initialize();
  try {
    await dataSource.runMigrations({ transaction: 'each' });
  } finally {
    await dataSource.destroy();
  }
}
