import { createPostgresBackend, Queue, runMigrations, withBackend, Worker, type Processor } from 'bullmq';
import { Redis } from 'ioredis';
import pg from 'pg';
import type { Config } from '#config/config.js';

const SCHEMA = 'bullmq';
const onPostgres = withBackend(createPostgresBackend);

/** The part of a BullMQ queue that the platform uses, whatever the backend. */
export type OpenQueue = Pick<Queue, 'add' | 'addBulk' | 'upsertJobScheduler' | 'close' | 'getJobCounts'>;
export type OpenWorker = Pick<Worker, 'close' | 'run'>;

type Settings = Pick<Config, 'databaseUrl' | 'redisUrl' | 'queuePrefix'>;

function postgresConnection(settings: Settings): { connectionString: string; schema: string; max: number } {
  if (settings.databaseUrl === null) throw new Error('The queue on PostgreSQL needs DATABASE_URL.');
  return { connectionString: settings.databaseUrl, schema: SCHEMA, max: 4 };
}

/** Creates or upgrades BullMQ's own schema in PostgreSQL; nothing to do on Redis. Idempotent, guarded by a lock. */
export async function migrateQueue(settings: Pick<Config, 'databaseUrl' | 'redisUrl'>): Promise<void> {
  if (settings.redisUrl !== null || settings.databaseUrl === null) return;
  const client = new pg.Client({ connectionString: settings.databaseUrl });
  await client.connect();
  try {
    await runMigrations(client, SCHEMA);
  } finally {
    await client.end();
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
    lockDuration: 60_000,
    stalledInterval: 15_000,
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
