import { createPostgresBackend, Queue, runMigrations, withBackend, Worker, type Processor } from 'bullmq';
import { Redis } from 'ioredis';
import type { Client } from 'pg';
import { Logger } from '@nestjs/common';
import type { Config } from '#config/config.js';
import { checkRedis } from './check-redis.js';
import { QUEUE_SCHEMA, takeQueuePool, type QueuePool } from './queue-pool.js';

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

function poolOf(settings: Settings): QueuePool {
  if (settings.databaseUrl === null) throw new Error('The queue on PostgreSQL needs DATABASE_URL.');
  return takeQueuePool(settings.databaseUrl);
}

/** BullMQ leaves connections that it was given open: they go with the last of those who share them. */
function closeWith<Closable extends { close(): Promise<void> }>(
  thing: Closable,
  release: () => unknown,
): Closable {
  const close = thing.close.bind(thing);
  let closing: Promise<void> | null = null;
  thing.close = () => (closing ??= close().finally(release));
  return thing;
}

const logger = new Logger('Queue');

/** SQLSTATE admin_shutdown: whoever stopped the server knows; if it does not come back, the next error says so. */
const STOPPED_ON_PURPOSE = '57P01';

/** Lost connections and the like, which the queue mends by itself, are told in a line. */
const tellError = (name: string) => (error: Error & { code?: string }) => {
  if (error.code !== STOPPED_ON_PURPOSE) logger.warn(`${name}: ${error.message}`);
};

/**
 * Creates or upgrades BullMQ's own schema in PostgreSQL over `client`, idempotent and guarded by a lock; on Redis only
 * looks whether it answers. Throws ServerUnreachableError.
 */
export async function migrateQueue(settings: Pick<Config, 'redisUrl'>, client: Client): Promise<void> {
  if (settings.redisUrl === null) await runMigrations(client, QUEUE_SCHEMA);
  else await checkRedis(settings.redisUrl);
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
  const full = `${settings.queuePrefix}-${name}`;
  if (settings.redisUrl === null) {
    const pool = poolOf(settings);
    const queue = new onPostgres.Queue(full, { connection: pool.pool, defaultJobOptions });
    return closeWith(queue.on('error', tellError(full)), () => pool.release());
  }
  const connection = new Redis(settings.redisUrl, { maxRetriesPerRequest: null });
  const queue = new Queue(full, { connection, defaultJobOptions });
  return closeWith(queue.on('error', tellError(full)), () => connection.disconnect());
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
  if (settings.redisUrl === null) {
    const pool = poolOf(settings);
    const worker = new onPostgres.Worker(queue, processor, { ...common, connection: pool.pool });
    return closeWith(worker.on('error', tellError(queue)), () => pool.release());
  }
  const connection = new Redis(settings.redisUrl, { maxRetriesPerRequest: null });
  const worker = new Worker(queue, processor, { ...common, connection });
  return closeWith(worker.on('error', tellError(queue)), () => connection.disconnect());
}
