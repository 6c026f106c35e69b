import { DataSource, type DataSourceOptions } from 'typeorm';
import { entities } from './entities.js';
import { migrations } from './migrations.js';
import { PooledClient } from './pooled-client.js';
import { SnakeNaming } from './snake-naming.js';

/** Where TypeORM records which migrations have run. */
export const MIGRATION_TABLE = 'migration';

/** Options of the one PostgreSQL connection pool of a process. `synchronize` is never set: migrations only. */
export function dataSourceOptions(url: string, poolSize: number): DataSourceOptions {
  return {
    type: 'postgres',
    url,
    poolSize,
    entities,
    migrations,
    migrationsTableName: MIGRATION_TABLE,
    namingStrategy: new SnakeNaming(),
    installExtensions: false,
    extra: { idleTimeoutMillis: 30_000, connectionTimeoutMillis: 15_000, Client: PooledClient },
  };
}

export function createDataSource(url: string, poolSize = 4): DataSource {
  return new DataSource(dataSourceOptions(url, poolSize));
}
