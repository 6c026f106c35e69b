import type { Config } from '#config/config.js';
import { checkDatabase } from '#libs/platform/database/check-database.js';
import { startEmbeddedPostgres } from '#libs/platform/database/embedded-postgres.js';

export interface OpenDatabase {
  readonly url: string;
  readonly embedded: boolean;
  stop(): Promise<void>;
  /** Resolves when an embedded server has exited. */
  readonly exited: Promise<void>;
}

/** Enough for the demo: every connection's process maps these buffers, and the system's own cache holds the rest. */
const SMALL = ['shared_buffers=8MB'];

/**
 * The database of DATABASE_URL, or an embedded PostgreSQL with its files in the data folder; `small` keeps the memory
 * of the latter down.
 */
export async function openDatabase(
  config: Config,
  options: { readonly small: boolean },
): Promise<OpenDatabase> {
  if (config.databaseUrl !== null) {
    await checkDatabase(config.databaseUrl);
    return {
      url: config.databaseUrl,
      embedded: false,
      stop: () => Promise.resolve(),
      exited: new Promise(() => undefined),
    };
  }
  const server = await startEmbeddedPostgres(config.dataDir, { flags: options.small ? SMALL : [] });
  return { url: server.url, embedded: true, stop: () => server.stop(), exited: server.exited };
}
