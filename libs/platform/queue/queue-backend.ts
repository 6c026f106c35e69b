import { createPostgresBackend, Queue, runMigrations, withBackend, Worker, type Processor } from 'bullmq';
import { Redis } from 'ioredis';
import pg from 'pg';
import type { Config } from '#config/config.js';
import { checkRedis } from './check-redis.js';

const SCHEMA = 'bullmq';
const onPostgres = withBackend(createPostgresBackend);

/**
 * A live worker renews the lock of each job every half of LOCK_MS; the jobs of a dead one are found by the second look
 * after the lock has run out, at most LOCK_MS + 2 × STALLED_CHECK_MS after its last sign of life. Until then the job's
 * id, which is its row's, stays taken and the sweep cannot queue the row again. So short a lock is safe although a long
 * computation may hold the event loop longer: what a second worker may do is decided by the rows (cursor, lease, lock).
 */
const LOCK_MS = 10_000;
const STALLED_CHECK_MS = 5_000;

/** The part of a BullMQ queue that the platform uses, whatever the backend. */
export type OpenQueue = Pick<
  Queue,
  'add' | 'addBulk' | 'upsertJobScheduler' | 'close' | 'getJobCounts' | 'pause' | 'obliterate'
>;
export type OpenWorker = Pick<Worker, 'close' | 'run'>;

type Settings = Pick<Config, 'databaseUrl' | 'redisUrl' | 'queuePrefix'>;

function postgresConnection(settings: Settings): { connectionString: string; schema: string; max: number } {
  if (settings.databaseUrl === null) throw new Error('The queue on PostgreSQL needs DATABASE_URL.');
  return { connectionString: settings.databaseUrl, schema: SCHEMA, max: 3 };
}

/**
 * Creates or upgrades BullMQ's own schema in PostgreSQL, idempotent and guarded by a lock; on Redis only looks whether
 * it answers. Throws ServerUnreachableError.
 */
export async function migrateQueue(settings: Pick<Config, 'databaseUrl' | 'redisUrl'>): Promise<void> {
  if (settings.redisUrl !== null) return checkRedis(settings.redisUrl);
  if (settings.databaseUrl === null) return;
  const client = new pg.Client({ connectionString: settings.databaseUrl });
  await client.connect();
  try {
    await runMigrations(client, SCHEMA);
  } finally {
    await client.end();
  }
}

/**
 * Takes everything out of queues that no other process uses. What is in them are the calls of a process that is gone;
 * jobs it was at would block their rows until the locks run out. The first sweep fills the queues from the rows.
 */
export async function emptyQueues(settings: Settings, names: readonly string[]): Promise<void> {
  for (const name of names) {
    const queue = openQueue(settings, name);
    try {
      await queue.pause();
      await queue.obliterate({ force: true });
    } finally {
      await queue.close();
    }
  }
}

/** Finished jobs leave no trace: rows say what became of them, and a row's id must be usable again. */
const defaultJobOptions = { removeOnComplete: true, removeOnFail: true } as const;

export function openQueue(settings: Settings, name: string): OpenQueue {
  if (settings.redisUrl === null) {
    return new onPostgres.Queue(`${settings.queuePrefix}-${name}`, {
      connection: postgresConnection(settings),
      defaultJobOptions,
    });
  }
  const connection = new Redis(settings.redisUrl, { maxRetriesPerRequest: null });
  return new Queue(`${settings.queuePrefix}-${name}`, { connection, defaultJobOptions });
}

/** A worker that is not yet running: call `run()` when every handler is in place. */
export function openWorker(
  settings: Settings,
  name: string,
  processor: Processor,
  options: { readonly concurrency: number },
): OpenWorker {
  const queue = `${settings.queuePrefix}-${name}`;
  const common = {
    concurrency: options.concurrency,
    autorun: false,
    lockDuration: LOCK_MS,
    stalledInterval: STALLED_CHECK_MS,
  };
  const worker =
    settings.redisUrl === null
      ? new onPostgres.Worker(queue, processor, { ...common, connection: postgresConnection(settings) })
      : new Worker(queue, processor, {
          ...common,
          connection: new Redis(settings.redisUrl, { maxRetriesPerRequest: null }),
        });
  return worker;
}
