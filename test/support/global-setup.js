// Runs outside Jest's module system: uses the built server code (npm test builds first).
import { mkdtemp } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

/** One embedded PostgreSQL for the whole run, with a migrated template database that every test file clones. */
export default async function globalSetup() {
  if (process.env.DUIJIE_TEST_DATABASE !== undefined) return;
  const { startEmbeddedPostgres } = await import('../../dist/libs/platform/database/embedded-postgres.js');
  const { migrate } = await import('../../dist/libs/platform/database/migrate.js');
  const { default: pg } = await import('pg');
  const dir = await mkdtemp(path.join(os.tmpdir(), 'duijie-test-'));
  const server = await startEmbeddedPostgres(dir, {
    flags: ['fsync=off', 'full_page_writes=off', 'max_connections=300'],
  });
  const admin = new pg.Client({ connectionString: server.url });
  await admin.connect();
  await admin.query('CREATE DATABASE template_duijie');
  await admin.end();
  const template = new URL(server.url);
  template.pathname = '/template_duijie';
  await migrate({ databaseUrl: template.href, redisUrl: null });
  process.env.DUIJIE_TEST_DATABASE = server.url;
  globalThis.duijieTestServer = { server, dir };
}
