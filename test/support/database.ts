import { randomUUID } from 'node:crypto';
import pg from 'pg';
import type { DataSource } from 'typeorm';
import { createDataSource } from '#libs/persistence/data-source.js';

export interface TestDatabase {
  readonly url: string;
  drop(): Promise<void>;
}

/** A fresh database of its own, cloned from the migrated template; `template0` makes an empty one. */
export async function createTestDatabase(template = 'template_duijie'): Promise<TestDatabase> {
  const serverUrl = process.env['DUIJIE_TEST_DATABASE'];
  if (serverUrl === undefined) throw new Error('No test server: run through jest (global-setup.js).');
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await administer(serverUrl, `CREATE DATABASE ${name} TEMPLATE ${template}`);
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => administer(serverUrl, `DROP DATABASE ${name} WITH (FORCE)`) };
}

async function administer(serverUrl: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: serverUrl });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

/** A data source on a test database, for looking at rows. */
export async function openTestDataSource(url: string): Promise<DataSource> {
  return createDataSource(url, 4).initialize();
}
