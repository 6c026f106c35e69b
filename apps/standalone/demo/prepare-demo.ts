import { rm } from 'node:fs/promises';
import path from 'node:path';
import { DataSource } from 'typeorm';
import type { Config } from '#config/config.js';
import { Clock } from '#libs/platform/clock.js';
import { connectClient } from '#libs/platform/database/connect-client.js';
import { migrate } from '#libs/platform/database/migrate.js';
import { localUrl } from '#libs/platform/public-url.js';
import { StartError } from '../data-folder.js';
import type { OpenDatabase } from '../open-database.js';
import { startPlatform } from '../start-platform.js';
import type { Teardown } from '../teardown.js';
import { DAY, DemoStage } from './demo-stage.js';
import { readReport, type DemoReport } from './demo-report.js';
import { loadPeople } from './load-people.js';
import { playDemo } from './play-demo.js';
import { showProgress } from './show-progress.js';

const LOADING = 'duijie_loading';

/**
 * The demo bureau, loaded once. It is played into a database of its own that takes the platform's name only when all is
 * there: a run that is killed half way leaves nothing behind but that database, and the next run begins anew.
 */
export async function prepareDemo(
  config: Config & { readonly databaseUrl: string },
  database: OpenDatabase,
  options: { readonly reset: boolean; readonly teardown: Teardown },
): Promise<DemoReport> {
  if (!database.embedded) {
    throw new StartError(
      'The demo brings its own database: unset DATABASE_URL, or use npm start for your own database.',
    );
  }
  if (options.reset) {
    await administer(config.databaseUrl, [
      'DROP DATABASE IF EXISTS duijie WITH (FORCE)',
      'CREATE DATABASE duijie',
    ]);
    await rm(path.join(config.dataDir, 'evidence'), { recursive: true, force: true });
  }
  if (!(await isLoaded(config.databaseUrl))) await load(config, options.teardown);
  return readReport(config.databaseUrl);
}

/** Runs statements about whole databases, one after the other. */
async function administer(url: string, statements: readonly string[]): Promise<void> {
  const client = await connectClient(withDatabase(url, 'postgres'));
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}

function withDatabase(url: string, name: string): string {
  const changed = new URL(url);
  changed.pathname = `/${name}`;
  return changed.href;
}

/** Whether the platform's database holds the demo; throws when it holds somebody's own data instead. */
async function isLoaded(url: string): Promise<boolean> {
  const client = await connectClient(url);
  try {
    const tables = await client.query<{ found: boolean }>(
      "SELECT to_regclass('public.audit_entry') IS NOT NULL AS found",
    );
    if (!tables.rows[0]!.found) return false;
    const marks = await client.query("SELECT 1 FROM audit_entry WHERE action = 'load-demo' LIMIT 1");
    if (marks.rowCount !== 0) return true;
    const people = await client.query('SELECT 1 FROM person LIMIT 1');
    if (people.rowCount === 0) return false;
  } finally {
    await client.end();
  }
  throw new StartError(
    'The data folder holds an installation of its own, which the demo will not touch. ' +
      'Give another folder: DATA_DIR=./demo-data npm run demo (or npm run demo -- --reset to delete what is there).',
  );
}

async function load(config: Config & { readonly databaseUrl: string }, teardown: Teardown): Promise<void> {
  const started = Date.now();
  console.log('Loading the demo bureau (once) …');
  await administer(config.databaseUrl, [
    `DROP DATABASE IF EXISTS ${LOADING} WITH (FORCE)`,
    `CREATE DATABASE ${LOADING}`,
  ]);
  const url = withDatabase(config.databaseUrl, LOADING);
  const loading: Config = {
    ...config,
    mode: 'test',
    databaseUrl: url,
    host: '127.0.0.1',
    port: 0,
    // The links of the mails lead to where the platform will be, not to where it is loaded.
    publicUrl: config.publicUrl ?? localUrl(config.host, config.port),
    redisUrl: null,
    smtpUrl: null,
    sweepMs: 2000,
    // One hand plays: more connections would only take memory.
    databasePool: 4,
    mailConcurrency: 2,
  };
  await migrate(loading);
  // Stopped half way, the platform has to be down before its database.
  const platform = await teardown.hold(startPlatform(loading), (running) => running.stop());
  try {
    const manager = platform.app.get(DataSource).manager;
    const clock = platform.app.get(Clock);
    const today = new Date();
    const { tokens, ids } = await loadPeople(manager, new Date(today.getTime() - 160 * DAY));
    const stage = new DemoStage({
      url: platform.url,
      manager,
      clock,
      tokens,
      ids,
      today,
      progress: showProgress,
    });
    await playDemo(stage);
    stage.go(new Date());
    await stage.until('the mails', async () => {
      const [row] = await manager.query<{ waiting: number; total: number }[]>(
        "SELECT count(*) FILTER (WHERE status = 'queued')::int AS waiting, count(*)::int AS total FROM notification",
      );
      showProgress(row!.total - row!.waiting, row!.total, '邮件 mails');
      return row!.waiting === 0;
    });
    await manager.query('DELETE FROM session');
    await manager.query(
      "INSERT INTO audit_entry (action, subject_kind, detail) VALUES ('load-demo', 'platform', jsonb_build_object('seconds', $1::int))",
      [Math.round((Date.now() - started) / 1000)],
    );
  } finally {
    await platform.stop();
  }
  await administer(config.databaseUrl, [
    'DROP DATABASE IF EXISTS duijie WITH (FORCE)',
    // A worker that was slow to stop may still be connected, and a database in use keeps its name.
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${LOADING}'`,
    `ALTER DATABASE ${LOADING} RENAME TO duijie`,
  ]);
  console.log(`\nThe demo bureau is loaded (${Math.round((Date.now() - started) / 1000)} s).`);
}
