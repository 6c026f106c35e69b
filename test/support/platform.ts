import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { DataSource } from 'typeorm';
import { loadConfig } from '#config/config.js';
import { Clock } from '#libs/platform/clock.js';
import { startPlatform, type RunningPlatform } from '../../apps/standalone/start-platform.js';
import { createTestDatabase } from './database.js';
import { TestClient } from './client.js';

export interface TestPlatform {
  readonly url: string;
  readonly running: RunningPlatform;
  readonly dataSource: DataSource;
  readonly clock: Clock;
  /** A client with cookies of its own: one person's browser. */
  client(): TestClient;
  stop(): Promise<void>;
}

/** What is needed to put people and things into a platform, wherever it runs. */
export type TestScene = Pick<TestPlatform, 'dataSource' | 'client'>;

/** The whole platform in this process: a database of its own, real queue on PostgreSQL, mails to the mailbox. */
export async function startTestPlatform(env: Record<string, string> = {}): Promise<TestPlatform> {
  const database = await createTestDatabase();
  const dataDir = await mkdtemp(path.join(os.tmpdir(), 'duijie-data-'));
  const config = loadConfig({
    NODE_ENV: 'test',
    PORT: '0',
    DATA_DIR: dataDir,
    DATABASE_URL: database.url,
    DATABASE_POOL: '8',
    SWEEP_SECONDS: '1',
    ...redisOfTheRun(),
    APP_SECRET: 'test-secret-test-secret-test-secret-0123',
    ...env,
  });
  const running = await startPlatform(config);
  return {
    url: running.url,
    running,
    dataSource: running.app.get(DataSource),
    clock: running.app.get(Clock),
    client: () => new TestClient(running.url),
    stop: async () => {
      await running.stop();
      await database.drop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** With TEST_REDIS_URL the queues live in Redis, under a prefix of their own per platform. */
function redisOfTheRun(): Record<string, string> {
  const url = process.env['TEST_REDIS_URL'];
  return url === undefined ? {} : { REDIS_URL: url, QUEUE_PREFIX: `test-${randomUUID()}` };
}
