import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import pg from 'pg';
import { openQueue, openWorker } from '#libs/platform/queue/queue-backend.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { waitFor } from '../support/wait-for.js';

const NAMES = ['one', 'two', 'three'];

let database: TestDatabase;
let admin: pg.Client;
beforeAll(async () => {
  database = await createTestDatabase();
  admin = new pg.Client({ connectionString: database.url });
  await admin.connect();
});
afterAll(async () => {
  await admin.end();
  await database.drop();
});

test('queues and workers of a process share few connections, and the last one closes them', async () => {
  const settings = { databaseUrl: database.url, redisUrl: null, queuePrefix: 'test' };
  const connections = async (): Promise<number> => {
    const { rows } = await admin.query<{ n: number }>(
      'SELECT count(*)::int AS n FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
    );
    return rows[0]!.n;
  };
  let handled = 0;
  let most = 0;
  const queues = NAMES.map((name) => openQueue(settings, name));
  const workers = NAMES.map((name) =>
    openWorker(
      settings,
      name,
      () => {
        handled += 1;
        return Promise.resolve();
      },
      { concurrency: 4 },
    ),
  );
  for (const worker of workers) void worker.run();
  await Promise.all(
    queues.flatMap((queue) =>
      Array.from({ length: 40 }, () => queue.add('job', {}, { jobId: randomUUID() })),
    ),
  );
  await waitFor(async () => {
    most = Math.max(most, await connections());
    return handled === 120;
  }, 'all jobs to be handled');
  expect([most > 0, most <= 6]).toEqual([true, true]);
  await Promise.all([...queues, ...workers].map((open) => open.close()));
  await waitFor(async () => (await connections()) === 0, 'the connections to close');
});

const REDIS_URL = process.env['TEST_REDIS_URL'];
(REDIS_URL === undefined ? test.skip : test)('on Redis, too, nothing is left open', async () => {
  const settings = { databaseUrl: null, redisUrl: REDIS_URL!, queuePrefix: `test-${randomUUID()}` };
  const name = `watch-${randomUUID()}`;
  const redis = new Redis(REDIS_URL!);
  // Only those of this test: other files use the same server at the same time.
  const url = new URL(REDIS_URL!);
  url.searchParams.set('connectionName', name);
  const mine = async (): Promise<number> => {
    const clients = (await redis.client('LIST')) as string;
    return clients.split('\n').filter((line) => line.includes(`name=${name}`)).length;
  };
  const named = { ...settings, redisUrl: url.href };
  const worker = openWorker(named, 'one', () => Promise.resolve(), { concurrency: 1 });
  const queue = openQueue(named, 'one');
  void worker.run();
  await queue.add('job', {});
  await waitFor(async () => (await mine()) >= 2, 'the connections to open');
  await Promise.all([queue.close(), worker.close()]);
  await waitFor(async () => (await mine()) === 0, 'the connections to close');
  await redis.quit();
});
