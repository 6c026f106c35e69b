import type { Config } from '#config/config.js';
import { codeLists, crosswalks } from '#libs/contracts/code-lists/read-code-lists.js';
import { createDataSource } from '#libs/persistence/data-source.js';
import { loadCodeLists } from '#libs/persistence/codes/load-code-lists.js';
import { migrateQueue } from '../queue/queue-backend.js';
import { checkDatabase } from './check-database.js';

const LOCK = 7_216_001;

/**
 * Brings database, queue schema and code lists to this version. Safe to run from many processes at once.
 * Throws ServerUnreachableError when database or Redis do not answer.
 */
export async function migrate(config: Pick<Config, 'databaseUrl' | 'redisUrl'>): Promise<void> {
  if (config.databaseUrl === null) throw new Error('DATABASE_URL is needed.');
  await checkDatabase(config.databaseUrl);
  const dataSource = await createDataSource(config.databaseUrl, 2).initialize();
  const lock = dataSource.createQueryRunner();
  try {
    await lock.query('SELECT pg_advisory_lock($1)', [LOCK]);
    await dataSource.runMigrations({ transaction: 'each' });
    await loadCodeLists(dataSource.manager, codeLists, crosswalks);
    await migrateQueue(config);
  } finally {
    await lock.query('SELECT pg_advisory_unlock($1)', [LOCK]).catch(() => undefined);
    await lock.release();
    await dataSource.destroy();
  }
}
