import { copyFile, mkdir, mkdtemp, readdir, rm, stat, truncate, utimes, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { jest } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { loadConfig } from '#config/config.js';
import { capabilityChangesSince } from '#libs/persistence/matching/capability-changes.js';
import { loadMatchCapabilities } from '#libs/persistence/matching/load-match-records.js';
import { queueMatchRun } from '#libs/persistence/matching/queue-match-run.js';
import { Transactions } from '#libs/platform/database/transactions.js';
import { DocumentCache } from '../../apps/matching-worker/matches/document-cache.js';
import { MatchEngineHost } from '../../apps/matching-worker/matches/match-engine-host.js';
import { LocalMatchEngine, type MatchEngine } from '../../apps/matching-worker/matches/match-engine.js';
import { runMatch } from '../../apps/matching-worker/matches/run-match.js';
import { MATCH_MODEL_VERSION } from '#libs/domain/matching/model-version.js';
import { createTestDatabase, openTestDataSource, type TestDatabase } from '../support/database.js';

jest.setTimeout(120_000);
const NOW = new Date('2026-03-01T00:00:00Z');
const WORDS = [
  '水下',
  '机器人',
  '导航',
  '石墨烯',
  '电池',
  '视觉',
  '焊接',
  '饲料',
  '聚丙烯',
  '光纤',
  '传感器',
  '激光',
];

let database: TestDatabase;
let dataSource: DataSource;
let folder: string;
let needId: string;
beforeAll(async () => {
  database = await createTestDatabase();
  dataSource = await openTestDataSource(database.url);
  folder = await mkdtemp(path.join(os.tmpdir(), 'duijie-engine-'));
  needId = await insert('need', { title: '铌酸锂薄膜', problem: '铌酸锂' });
  for (let at = 0; at < 60; at += 1)
    await insert('capability', { title: phrase(at, 3), abstract: phrase(at * 7 + 1, 9) });
});
afterAll(async () => {
  await dataSource.destroy();
  await database.drop();
  await rm(folder, { recursive: true, force: true });
});

function phrase(seed: number, length: number): string {
  return Array.from({ length }, (_, at) => WORDS[(seed * (at + 3) + at * at) % WORDS.length]).join('');
}

async function insert(
  table: 'need' | 'capability',
  values: Record<string, unknown>,
  manager: Pick<DataSource, 'query'> = dataSource,
): Promise<string> {
  const columns = { status: 'published', published_at: NOW, ...values };
  const places = Object.keys(columns).map((_, at) => `$${at + 1}`);
  const [row] = await manager.query<{ id: string }[]>(
    `INSERT INTO ${table} (${Object.keys(columns).join(', ')}) VALUES (${places.join(', ')}) RETURNING id`,
    Object.values(columns),
  );
  return row!.id;
}

const messages: string[] = [];
function openEngine(snapshotFile: string | null = null): LocalMatchEngine {
  return new LocalMatchEngine(dataSource.manager, {
    snapshotFile,
    log: (message) => messages.push(message),
  });
}

async function rank(engine: MatchEngine, needIds = [needId], freshStatistics = false) {
  return engine.rank({
    session: 'test',
    modelVersion: MATCH_MODEL_VERSION,
    freshStatistics,
    needIds,
    now: NOW,
    limit: 30,
    minScore: 0,
  });
}
const idsOf = async (engine: MatchEngine) =>
  (await rank(engine)).needs[0]!.candidates.map(({ capabilityId }) => capabilityId);

test('edits, withdrawals, deletions and late commits are seen by the next question', async () => {
  const engine = openEngine();
  expect(await idsOf(engine)).toEqual([]);
  const open = dataSource.createQueryRunner();
  await open.startTransaction();
  const late = await insert('capability', { title: '铌酸薄膜' }, open.manager);
  const first = await insert('capability', { title: '铌酸锂薄膜' });
  expect(await idsOf(engine)).toEqual([first]);
  await dataSource.query("UPDATE capability SET title = '石墨烯', version = 2 WHERE id = $1", [first]);
  expect(await idsOf(engine)).toEqual([]);
  await open.commitTransaction();
  await open.release();
  expect(await idsOf(engine)).toEqual([late]);
  await dataSource.query(
    `INSERT INTO indicator (capability_id, position, name, comparator, value, unit, raw)
     VALUES ($1, 0, '带宽', 'ge', 40, 'GHz', '带宽≥40GHz')`,
    [late],
  );
  await dataSource.query("UPDATE capability SET status = 'withdrawn' WHERE id = $1", [first]);
  const other = await insert('capability', { title: '铌酸' });
  expect(await idsOf(engine)).toEqual([late, other]);
  await dataSource.query('DELETE FROM capability WHERE id = ANY($1)', [[late, first, other]]);
  expect(await idsOf(engine)).toEqual([]);
});

test('processes with different histories score equally, and by the statistics on record', async () => {
  const asked = await insert('need', { title: '水下机器人激光焊接', problem: phrase(5, 12) });
  const old = openEngine();
  const before = await rank(old, [asked], true);
  for (let at = 100; at < 104; at += 1)
    await insert('capability', { title: phrase(at, 4), abstract: phrase(at, 11) });
  const young = openEngine();
  const answers = [await rank(old, [asked]), await rank(young, [asked])];
  expect(answers[0]).toEqual(answers[1]);
  expect(answers[0]!.needs[0]!.candidates.length).toBeGreaterThan(10);
  expect(answers[0]!.statisticsVersion).toBe(before.statisticsVersion);
  // A long transaction elsewhere must not make the same changes count again and again.
  const elsewhere = dataSource.createQueryRunner();
  await elsewhere.startTransaction();
  await elsewhere.query('SELECT pg_current_xact_id()');
  for (let at = 200; at < 220; at += 1) await insert('capability', { title: phrase(at, 5) });
  const later = await Promise.all([rank(young, [asked]), rank(old, [asked]), rank(openEngine(), [asked])]);
  await elsewhere.rollbackTransaction();
  await elsewhere.release();
  expect(later[1]).toEqual(later[0]);
  expect(later[2]).toEqual(later[0]);
  expect(later[0].statisticsVersion).toBeGreaterThan(before.statisticsVersion);
  const rows = await dataSource.query<{ version: string; documents: number }[]>(
    'SELECT version, documents FROM match_statistics ORDER BY version DESC LIMIT 1',
  );
  expect(rows).toEqual([{ version: String(later[0].statisticsVersion), documents: 84 }]);
});

test('an index that is built anew is filled in the same order, wherever the rows lie', async () => {
  const { manager } = dataSource;
  const ids = await dataSource.query<{ id: string }[]>('SELECT id FROM capability ORDER BY id');
  const wanted = ids.map(({ id }) => id);
  // A row that is written again lies behind all others.
  for (const id of wanted.slice(0, 20).toReversed())
    await dataSource.query('UPDATE capability SET title = title WHERE id = $1', [id]);
  const read = async (asked: readonly string[]) =>
    (await loadMatchCapabilities(manager, asked)).map(({ id }) => id);
  expect(await read(wanted.toReversed())).toEqual(wanted);
  const { changes } = await capabilityChangesSince(manager, '0');
  expect(changes.map(({ id }) => id)).toEqual(changes.map(({ id }) => id).toSorted());
});

test('a restart from the snapshot equals a rebuild, also from a torn file', async () => {
  const file = path.join(folder, 'restart', 'capabilities.snapshot');
  const asked = await insert('need', { title: '石墨烯电池光纤传感器', problem: phrase(3, 15) });
  const edited = await insert('capability', { title: '石墨烯电池' });
  const gone = await insert('capability', { title: '光纤传感器' });
  // The snapshot is written behind the answer, before the next one; what a killed process left goes.
  await mkdir(path.dirname(file), { recursive: true });
  for (const [draft, at] of [
    ['1.tmp', new Date('2026-01-01')],
    ['2.tmp', new Date()],
  ] as const) {
    await writeFile(`${file}.${draft}`, '');
    await utimes(`${file}.${draft}`, at, at);
  }
  const first = openEngine(file);
  await rank(first, [asked]);
  await rank(first, [asked]);
  expect(await readdir(path.dirname(file))).toEqual(['capabilities.snapshot', 'capabilities.snapshot.2.tmp']);
  const { size } = await stat(file);
  await dataSource.query("UPDATE capability SET title = '石墨烯', version = 2 WHERE id = $1", [edited]);
  await dataSource.query("UPDATE capability SET status = 'withdrawn' WHERE id = $1", [gone]);
  const rebuilt = await rank(openEngine(), [asked]);
  const torn = path.join(folder, 'torn.snapshot');
  await copyFile(file, torn);
  await truncate(torn, size - 100);
  messages.length = 0;
  expect(await rank(openEngine(file), [asked])).toEqual(rebuilt);
  expect(messages).toEqual([]);
  expect(await rank(openEngine(torn), [asked])).toEqual(rebuilt);
  expect(messages).toEqual([expect.stringContaining('torn')]);
  // A folder in its place can neither be read nor replaced.
  expect(await rank(openEngine(path.join(folder, 'restart')), [asked])).toEqual(rebuilt);
  expect(messages[1]).toContain('unreadable (Error: EISDIR');
  expect((await readdir(folder)).filter((name) => name.endsWith('.tmp'))).toEqual([]);
});

test('of the documents, those used last stay in memory', async () => {
  const ids = await Promise.all(['甲', '乙', '丙'].map((title) => insert('capability', { title })));
  const cache = new DocumentCache(2);
  const titles = async (wanted: string[]) =>
    Array.from((await cache.load(dataSource.manager, wanted)).values(), ({ title }) => title).sort();
  expect(await titles([ids[0]!, ids[1]!])).toEqual(['乙', '甲']);
  await titles([ids[0]!]);
  await titles([ids[2]!]);
  await dataSource.query("UPDATE capability SET title = title || '新' WHERE id = ANY($1)", [ids]);
  expect(await titles(ids)).toEqual(['丙', '乙新', '甲']);
  cache.delete(ids[0]!);
  await dataSource.query('DELETE FROM capability WHERE id = ANY($1)', [ids]);
  expect(await titles([ids[0]!])).toEqual([]);
});

type Ranking = Pick<MatchEngine, 'rank' | 'affectedNeeds'>;
const asking = (engine: MatchEngine): Ranking => ({
  rank: (request) => engine.rank(request),
  affectedNeeds: (request) => engine.affectedNeeds(request),
});

describe('a run', () => {
  const config = () =>
    loadConfig({
      DATA_DIR: path.join(folder, 'data'),
      DATABASE_URL: database.url,
      APP_SECRET: 'test-secret-test-secret-test-secret-0123',
    });
  const matches = () =>
    dataSource.query<unknown[]>(
      'SELECT need_id, capability_id, score, rank, factors, reasons, state FROM match ORDER BY need_id, rank, capability_id',
    );
  let host: MatchEngineHost;
  let undisturbed: unknown[];
  beforeAll(async () => {
    for (let at = 0; at < 60; at += 1)
      await insert('need', { title: phrase(at * 3 + 2, 4), problem: phrase(at, 8) });
    host = new MatchEngineHost(config(), new Transactions(dataSource));
    host.useEntry(path.resolve('dist/apps/matching-worker/matches/index-thread.js'));
    await run(host);
    undisturbed = await matches();
    await dataSource.query('DELETE FROM match');
  });
  afterAll(() => host.onApplicationShutdown());
  afterEach(() => dataSource.query('DELETE FROM match'));

  async function start(): Promise<string> {
    const request = { scope: 'all', subjectId: null, requestedBy: null } as const;
    return (await queueMatchRun(dataSource.manager, request))!;
  }
  const work = (engine: Ranking, id: string) =>
    runMatch({ transactions: new Transactions(dataSource), clock: () => NOW, engine }, id);
  async function run(engine: Ranking): Promise<string> {
    const id = await start();
    await work(engine, id);
    return id;
  }
  async function look(id: string) {
    const [row] = await dataSource.query<
      { status: string; done: number; total: number; statistics_version: string | null }[]
    >('SELECT status, done, total, statistics_version FROM match_run WHERE id = $1', [id]);
    return row!;
  }

  test('whose thread is killed asks a new one and ends with the same matches', async () => {
    let calls = 0;
    const id = await run({
      ...asking(host),
      rank: (request) => {
        const answer = host.rank(request);
        calls += 1;
        if (calls === 2) void host.killThread();
        return answer;
      },
    });
    expect(calls).toBeGreaterThan(2);
    expect(await look(id)).toMatchObject({ status: 'done', done: 63, total: 63 });
    expect((await look(id)).statistics_version).toMatch(/^\d{13}$/);
    expect(undisturbed.length).toBeGreaterThan(1000);
    expect(await matches()).toEqual(undisturbed);
  });

  test('in two threads, killed on the way, ends with the same matches', async () => {
    for (const killedAt of [Number.POSITIVE_INFINITY, 4]) {
      let calls = 0;
      await run({
        ...asking(host),
        rank: (request) => {
          const answer = host.rank({ ...request, ofMany: calls > 0 });
          calls += 1;
          if (calls === killedAt) void host.killThread();
          return answer;
        },
      });
      expect(calls).toBe(4);
      if (calls < killedAt) expect(host.threads).toBe(2);
      expect(await matches()).toEqual(undisturbed);
      await dataSource.query('DELETE FROM match');
    }
  });

  test('that broke off is resumed behind its last chunk and ends with the same matches', async () => {
    const id = await start();
    let calls = 0;
    const failing: Ranking = {
      ...asking(host),
      rank: (request) => {
        calls += 1;
        return calls === 3 ? Promise.reject(new Error('no memory')) : host.rank(request);
      },
    };
    await expect(work(failing, id)).rejects.toThrow('no memory');
    expect(await look(id)).toMatchObject({ status: 'running', done: 40 });
    await work(host, id);
    expect(await look(id)).toMatchObject({ status: 'done', done: 63, total: 63 });
    expect(await matches()).toEqual(undisturbed);
  });

  test('one need whose matches are unsound keeps those it had, the others get theirs, and the run says so', async () => {
    await run(host);
    await dataSource.query("UPDATE match SET model_version = 'before'");
    const id = await start();
    let spoiled = '';
    const engine: Ranking = {
      ...asking(host),
      rank: async (request) => {
        const answer = await host.rank(request);
        const bad = spoiled === '' && answer.needs.find(({ candidates }) => candidates.length > 0);
        if (!bad) return answer;
        spoiled = bad.need.id;
        const needs = answer.needs.filter((each) => each !== bad);
        return { ...answer, needs, unsound: [{ ...bad, problem: 'a rule is broken' }] };
      },
    };
    await expect(work(engine, id)).rejects.toThrow('a rule is broken');
    expect(await look(id)).toMatchObject({ status: 'failed', done: 63, total: 63 });
    expect(await matches()).toEqual(undisturbed);
    const before = await dataSource.query<{ need_id: string }[]>(
      "SELECT DISTINCT need_id FROM match WHERE model_version = 'before'",
    );
    expect(before).toEqual([{ need_id: spoiled }]);
  });

  test('of one capability looks at the needs it may change only, and ends as a run of all', async () => {
    // By the statistics on record, so that only the capability makes a difference.
    const engine: Ranking = {
      ...asking(host),
      rank: (request) => host.rank({ ...request, freshStatistics: false }),
    };
    await run(engine);
    const subject = await insert('need', { title: '钙钛矿叠层组件', problem: '钙钛矿' });
    const capability = await insert('capability', {
      title: '钙钛矿组件与水下机器人',
      abstract: '钙钛矿叠层',
    });
    const request = { scope: 'capability', subjectId: capability, requestedBy: null } as const;
    const id = (await queueMatchRun(dataSource.manager, request))!;
    await work(engine, id);
    const { status, done, total } = await look(id);
    expect([status, done]).toEqual(['done', total]);
    expect(total).toBeLessThan(40);
    const current = () =>
      dataSource.query<{ need_id: string; capability_id: string; score: number }[]>(
        `SELECT need_id, capability_id, score, rank FROM match WHERE state = 'current' ORDER BY need_id, rank`,
      );
    const incremental = await current();
    expect(incremental).toContainEqual(
      expect.objectContaining({ need_id: subject, capability_id: capability }),
    );
    await run(engine);
    const whole = await current();
    const pairOf = (row: { need_id: string; capability_id: string }) => `${row.need_id} ${row.capability_id}`;
    expect(whole.map(pairOf).sort()).toEqual(incremental.map(pairOf).sort());
    // Scores look at the whole market, so that one more capability moves all of them by a little.
    const scores = new Map(incremental.map((row) => [pairOf(row), row.score]));
    const moved = whole.map((row) => Math.abs(row.score - scores.get(pairOf(row))!));
    expect(moved.reduce((most, one) => Math.max(most, one), 0)).toBeLessThan(0.02);
    await dataSource.query("UPDATE capability SET status = 'withdrawn' WHERE id = $1", [capability]);
    await work(engine, (await queueMatchRun(dataSource.manager, request))!);
    expect((await current()).filter((row) => row.capability_id === capability)).toEqual([]);
  });
});
