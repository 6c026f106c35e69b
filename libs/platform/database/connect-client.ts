import pg from 'pg';

/**
 * Opens one connection beside the pool; the caller ends it. When it breaks, its running or next query fails: without a
 * listener the event of the breaking would end the process.
 */
export async function connectClient(options: string | pg.ClientConfig): Promise<pg.Client> {
  const client = new pg.Client(typeof options === 'string' ? { connectionString: options } : options);
  client.on('error', () => undefined);
  await client.connect();
  return client;
}
