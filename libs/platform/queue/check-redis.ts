import { Redis } from 'ioredis';
import { ANSWER_WITHIN_MS, reasonOf, ServerUnreachableError } from '../server-unreachable.js';

/** Throws ServerUnreachableError unless the Redis server of `url` answers within seconds. */
export async function checkRedis(url: string): Promise<void> {
  const redis = new Redis(url, {
    lazyConnect: true,
    connectTimeout: ANSWER_WITHIN_MS,
    commandTimeout: ANSWER_WITHIN_MS,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
  });
  // The reason comes with this event; the command only says that the connection is closed.
  let reason: unknown = null;
  redis.on('error', (error: unknown) => (reason = error));
  try {
    await redis.connect();
    await redis.ping();
  } catch (error) {
    const { hostname, port } = new URL(url);
    throw new ServerUnreachableError(
      `The Redis server at ${hostname}:${port === '' ? '6379' : port} does not answer (${reasonOf(reason ?? error)}). ` +
        'Start it, or correct REDIS_URL.',
      { cause: error },
    );
  } finally {
    redis.disconnect();
  }
}
