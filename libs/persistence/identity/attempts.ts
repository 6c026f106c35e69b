import type { EntityManager } from 'typeorm';

/** At most `max` attempts per key in a window of `windowMs` that starts with the first attempt. */
export interface AttemptLimit {
  readonly max: number;
  readonly windowMs: number;
}

export interface AttemptCount {
  readonly attempts: number;
  /** Whole seconds until the window ends, at least 1. */
  readonly secondsLeft: number;
}

/**
 * Counts one attempt and says how many the window holds now. One atomic statement, so that parallel attempts in several
 * processes are all counted. Call it outside the transaction of the attempt: a failed attempt counts, too.
 */
export async function countAttempt(
  manager: EntityManager,
  key: string,
  limit: AttemptLimit,
  now: Date,
): Promise<AttemptCount> {
  const oldest = new Date(now.getTime() - limit.windowMs);
  const rows: { attempts: number; window_start: Date }[] = await manager.query(
    `INSERT INTO attempt_counter AS c (key, window_start, attempts) VALUES ($1, $2, 1)
     ON CONFLICT (key) DO UPDATE SET
       attempts = CASE WHEN c.window_start > $3 THEN c.attempts + 1 ELSE 1 END,
       window_start = CASE WHEN c.window_start > $3 THEN c.window_start ELSE excluded.window_start END
     RETURNING attempts, window_start`,
    [key, now, oldest],
  );
  const { attempts, window_start: start } = rows[0]!;
  const left = Math.ceil((start.getTime() + limit.windowMs - now.getTime()) / 1000);
  return { attempts, secondsLeft: Math.max(1, left) };
}

/** Takes one counted attempt back, for a key that many people share: it succeeded. */
export async function uncountAttempt(manager: EntityManager, key: string): Promise<void> {
  await manager.query('UPDATE attempt_counter SET attempts = attempts - 1 WHERE key = $1 AND attempts > 0', [
    key,
  ]);
}

export async function forgetAttempts(manager: EntityManager, key: string): Promise<void> {
  await manager.query('DELETE FROM attempt_counter WHERE key = $1', [key]);
}

/** Removes counters whose window began before `before`, at most twenty at a time. */
export async function sweepAttempts(manager: EntityManager, before: Date): Promise<void> {
  await manager.query(
    `DELETE FROM attempt_counter WHERE key = ANY(ARRAY(
       SELECT key FROM attempt_counter WHERE window_start < $1 LIMIT 20 FOR UPDATE SKIP LOCKED))`,
    [before],
  );
}
