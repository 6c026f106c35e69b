import pg from 'pg';
import { ANSWER_WITHIN_MS, reasonOf, ServerUnreachableError } from '../server-unreachable.js';

/** Throws ServerUnreachableError unless the database of `url` lets us in within seconds. */
export async function checkDatabase(url: string): Promise<void> {
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: ANSWER_WITHIN_MS,
    query_timeout: ANSWER_WITHIN_MS,
  });
  // A server that breaks off says so here as well.
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('SELECT 1');
  } catch (error) {
    throw new ServerUnreachableError(
      `The database ${client.database ?? ''} at ${client.host}:${client.port} cannot be used (${reasonOf(error)}). ` +
        'Start the server, or correct DATABASE_URL.',
      { cause: error },
    );
  } finally {
    // An unanswered goodbye must not keep us.
    void client.end().catch(() => undefined);
  }
}
