// A full rematch through the product's own run: needs × capabilities in an embedded PostgreSQL of its own, the index in
// its thread. The corpus is made up (scripts/matching/make-corpus.mjs).
//
//   node scripts/bench-rematch.mjs [--needs 2000] [--capabilities 100000] [--seed 1]
//
// Prints the seconds of each step (`readAhead`: what the worker goes on to read by itself once its index stands); the last line is JSON.
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { loadConfig } from '../dist/config/config.js';
import { MatchEngineHost } from '../dist/apps/matching-worker/matches/match-engine-host.js';
import { runMatch } from '../dist/apps/matching-worker/matches/run-match.js';
import { MATCH_MODEL_VERSION } from '../dist/libs/domain/matching/model-version.js';
import { createDataSource } from '../dist/libs/persistence/data-source.js';
import { queueMatchRun } from '../dist/libs/persistence/matching/queue-match-run.js';
import { startEmbeddedPostgres } from '../dist/libs/platform/database/embedded-postgres.js';
import { migrate } from '../dist/libs/platform/database/migrate.js';
import { Transactions } from '../dist/libs/platform/database/transactions.js';
import { makeCorpus } from './matching/make-corpus.mjs';

const { values } = parseArgs({
  options: {
    needs: { type: 'string', default: '2000' },
    capabilities: { type: 'string', default: '100000' },
    seed: { type: 'string', default: '1' },
  },
});
const needs = Number(values.needs);
const capabilities = Number(values.capabilities);
const PART = 2000;

const result = { needs, capabilities };
async function timed(name, work) {
  const from = performance.now();
  const before = process.cpuUsage();
  const value = await work();
  const { user, system } = process.cpuUsage(before);
  result[name] = Number(((performance.now() - from) / 1000).toFixed(1));
  // Of this process, the thread included; the database is not.
  result[`${name}Cpu`] = Number(((user + system) / 1e6).toFixed(1));
  console.log(`${name}: ${result[name]} s, ${result[`${name}Cpu`]} s of processor time`);
  return value;
}

/** Until this process has had nothing to do for a second. */
async function quiet() {
  for (let busy = 1; busy > 0.1;) {
    const before = process.cpuUsage();
    await setTimeout(1000);
    const { user, system } = process.cpuUsage(before);
    busy = (user + system) / 1e6;
  }
}

async function fill(dataSource, corpus) {
  for (let from = 0; from < capabilities; from += PART) {
    const rows = Array.from({ length: Math.min(PART, capabilities - from) }, (_, at) => {
      const { title, text, keywords, fields, regionCode, trl } = corpus.capability(from + at);
      return { title, abstract: text, keywords, fields, region_code: regionCode, trl };
    });
    await dataSource.query(
      `INSERT INTO capability (status, published_at, title, abstract, keywords, fields, region_code, trl_scheme, trl, transfer_modes)
       SELECT 'published', now(), r.title, r.abstract, r.keywords, r.fields, r.region_code, 'trl-iso', r.trl, '{licence}'
       FROM jsonb_to_recordset($1::jsonb) AS r(title text, abstract text, keywords text[], fields text[], region_code text, trl integer)`,
      [JSON.stringify(rows)],
    );
  }
  const rows = Array.from({ length: needs }, (_, at) => {
    const { title, body } = corpus.need(at);
    const { fields, regionCode, trl } = corpus.capability(capabilities + at);
    return { title, problem: body, fields, region_code: regionCode, trl };
  });
  await dataSource.query(
    `INSERT INTO need (status, published_at, title, problem, fields, region_code, trl_scheme, target_trl)
     SELECT 'published', now(), r.title, r.problem, r.fields, r.region_code, 'trl-iso', r.trl
     FROM jsonb_to_recordset($1::jsonb) AS r(title text, problem text, fields text[], region_code text, trl integer)`,
    [JSON.stringify(rows)],
  );
  await dataSource.query('ANALYZE');
}

const folder = await mkdtemp(path.join(os.tmpdir(), 'bench-rematch-'));
const server = await startEmbeddedPostgres(path.join(folder, 'pg'));
try {
  await migrate({ databaseUrl: server.url, redisUrl: null });
  const dataSource = await createDataSource(server.url, 4).initialize();
  const config = loadConfig({ DATA_DIR: path.join(folder, 'data'), DATABASE_URL: server.url });
  const transactions = new Transactions(dataSource);
  const host = new MatchEngineHost(config, transactions);
  const clock = () => new Date();
  const run = async () => {
    const request = { scope: 'all', subjectId: null, requestedBy: null };
    await runMatch({ transactions, clock, engine: host }, await queueMatchRun(dataSource.manager, request));
  };
  await timed('fill', () => fill(dataSource, makeCorpus(Number(values.seed))));
  const warm = {
    session: 'warm',
    modelVersion: MATCH_MODEL_VERSION,
    freshStatistics: false,
    needIds: [],
    now: clock(),
    limit: 1,
    minScore: 0,
  };
  await timed('index', () => host.rank(warm));
  await timed('readAhead', quiet);
  await timed('rematch', run);
  await timed('rematchAgain', run);
  const [{ matches }] = await dataSource.query('SELECT count(*)::int AS matches FROM match');
  Object.assign(result, { matches, rssMiB: Math.round(process.memoryUsage().rss / 1024 / 1024) });
  result.load = os.loadavg().map((load) => Number(load.toFixed(1)));
  await host.onApplicationShutdown();
  await dataSource.destroy();
} finally {
  await server.stop();
  await rm(folder, { recursive: true, force: true });
}
console.log(JSON.stringify(result));
