import type { EntityManager } from 'typeorm';

const MAIL = 'mail:';
export const mailKey = (provider: string): string => `${MAIL}${provider}`;
export const robotKey = (endpointId: string): string => `robot:${endpointId}`;

/** How often something may be said: one message every `stepMs`, after a pause `burst` at once. */
export interface Pace {
  readonly stepMs: number;
  readonly burst: number;
}

/**
 * The next time at which a message may leave, `now` or earlier = now: the virtual scheduling form of the generic cell
 * rate algorithm (ITU-T I.371 §A.1). Each call takes a time of its own, whichever process calls.
 */
export async function reserveSlot(
  manager: EntityManager,
  key: string,
  { stepMs, burst }: Pace,
  now: Date,
): Promise<Date> {
  const earliest = new Date(now.getTime() - (burst - 1) * stepMs);
  const [row] = await manager.query<[{ nextAt: Date }]>(
    `INSERT INTO send_pace (key, next_at) VALUES ($1, $2::timestamptz + $3 * interval '1 millisecond')
     ON CONFLICT (key) DO UPDATE
     SET next_at = greatest(send_pace.next_at, $2::timestamptz) + $3 * interval '1 millisecond'
     RETURNING next_at AS "nextAt"`,
    [key, earliest, stepMs],
  );
  return new Date(row.nextAt.getTime() - stepMs);
}

/**
 * Takes the turn to say something now, so that the next comes `stepMs` later, and answers `now`; where it is not time yet,
 * answers when it is. What waits takes no turn.
 */
export async function takeTurn(
  manager: EntityManager,
  key: string,
  stepMs: number,
  now: Date,
): Promise<Date> {
  const taken = await manager.query<unknown[]>(
    `INSERT INTO send_pace (key, next_at) VALUES ($1, $2::timestamptz + $3 * interval '1 millisecond')
     ON CONFLICT (key) DO UPDATE SET next_at = excluded.next_at WHERE send_pace.next_at <= $2 RETURNING 1`,
    [key, now, stepMs],
  );
  if (taken.length > 0) return now;
  const [row] = await manager.query<{ nextAt: Date }[]>(
    'SELECT next_at AS "nextAt" FROM send_pace WHERE key = $1',
    [key],
  );
  return row?.nextAt ?? now;
}

/** Nothing more is said before `until`. */
export async function waitUntil(manager: EntityManager, key: string, until: Date): Promise<void> {
  await manager.query(
    `INSERT INTO send_pace (key, next_at) VALUES ($1, $2)
     ON CONFLICT (key) DO UPDATE SET next_at = greatest(send_pace.next_at, excluded.next_at)`,
    [key, until],
  );
}

/**
 * A mail provider said that we are too fast: nothing goes to its `domains` before `until`, and the times that were given
 * to waiting mails are given anew from then on.
 */
export async function pauseMail(
  manager: EntityManager,
  provider: { readonly key: string; readonly domains: readonly string[] },
  until: Date,
): Promise<void> {
  await manager.query(
    `INSERT INTO send_pace (key, next_at, paused_until) VALUES ($1, $2, $2)
     ON CONFLICT (key) DO UPDATE SET next_at = excluded.next_at, paused_until = excluded.paused_until
     WHERE send_pace.paused_until IS NULL OR send_pace.paused_until < excluded.paused_until`,
    [mailKey(provider.key), until],
  );
  await manager.query(
    `UPDATE notification SET slot_at = NULL WHERE status = 'queued' AND slot_at IS NOT NULL
       AND lower(split_part(to_address, '@', 2)) = ANY($1)`,
    [provider.domains],
  );
}

/** Mail providers that are left alone at `now`, and until when. */
export async function readMailPauses(
  manager: EntityManager,
  now: Date,
): Promise<{ readonly provider: string; readonly until: Date }[]> {
  return manager.query(
    `SELECT substr(key, ${MAIL.length + 1}) AS provider, paused_until AS until FROM send_pace
     WHERE paused_until > $1 AND starts_with(key, '${MAIL}')`,
    [now],
  );
}
