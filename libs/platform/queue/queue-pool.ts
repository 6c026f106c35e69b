import pg from 'pg';
import { PooledClient } from '#libs/persistence/pooled-client.js';

/** Schema of BullMQ's own tables. */
export const QUEUE_SCHEMA = 'bullmq';

/** Beside the one connection on which each worker waits for jobs: for everything that queues and workers ask. */
const WORKING_CONNECTIONS = 2;
/** Queues, each of which one worker of a process may wait on. */
const WAITING_CONNECTIONS = 4;

interface Shared {
  readonly pool: pg.Pool;
  users: number;
}

const shared = new Map<string, Shared>();

export interface QueuePool {
  readonly pool: pg.Pool;
  /** Ends the pool when nobody else uses it; call it once. */
  release(): Promise<void>;
}

/**
 * The connections of all queues and workers of a process to one database: each connection is a server process of some
 * ten megabytes, and most would idle.
 */
export function takeQueuePool(databaseUrl: string): QueuePool {
  let entry = shared.get(databaseUrl);
  if (entry === undefined) {
    const pool = new pg.Pool({
      connectionString: databaseUrl,
      options: `-c search_path=${QUEUE_SCHEMA}`,
      max: WORKING_CONNECTIONS + WAITING_CONNECTIONS,
      keepAlive: true,
      Client: PooledClient,
    });
    // Each queue and worker listens for its errors.
    pool.setMaxListeners(0);
    entry = { pool, users: 0 };
    shared.set(databaseUrl, entry);
  }
  const taken = entry;
  taken.users += 1;
  return {
    pool: taken.pool,
    release: async () => {
      taken.users -= 1;
      if (taken.users > 0) return;
      shared.delete(databaseUrl);
      await taken.pool.end();
    },
  };
}
