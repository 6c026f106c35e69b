import type { EntityManager } from 'typeorm';

/** Where to go on: after this person among an event's guests, or after this meeting among its meetings. */
export interface BacklogCursor {
  readonly stage: 'event' | 'meetings';
  readonly after: string | null;
}

/** The event whose backlog is due and waits longest. */
export async function nextBacklog(manager: EntityManager, now: Date): Promise<string | null> {
  const [row] = await manager.query<{ eventId: string }[]>(
    `SELECT event_id AS "eventId" FROM invitation_backlog WHERE due_at <= $1 ORDER BY due_at, event_id LIMIT 1`,
    [now],
  );
  return row?.eventId ?? null;
}

/** Lets other events go first. */
export async function putOffBacklog(manager: EntityManager, eventId: string, until: Date): Promise<void> {
  await manager.query('UPDATE invitation_backlog SET due_at = $2 WHERE event_id = $1', [eventId, until]);
}

export async function readBacklog(manager: EntityManager, eventId: string): Promise<BacklogCursor | null> {
  const [row] = await manager.query<BacklogCursor[]>(
    'SELECT stage, after_id AS after FROM invitation_backlog WHERE event_id = $1',
    [eventId],
  );
  return row ?? null;
}

/**
 * Notes where to go on with an event's guests. What was noted before is covered: whoever calls this has begun anew or has
 * gone on from there. Needs the event's row locked.
 */
export async function keepBacklog(
  manager: EntityManager,
  eventId: string,
  { stage, after }: BacklogCursor,
  now: Date,
): Promise<void> {
  await manager.query(
    `INSERT INTO invitation_backlog (event_id, stage, after_id, due_at) VALUES ($1, $2, $3, $4)
     ON CONFLICT (event_id) DO UPDATE SET stage = excluded.stage, after_id = excluded.after_id, due_at = excluded.due_at`,
    [eventId, stage, after, now],
  );
}

/** All guests are dealt with. */
export async function dropBacklog(manager: EntityManager, eventId: string): Promise<void> {
  await manager.query('DELETE FROM invitation_backlog WHERE event_id = $1', [eventId]);
}

/** How many guests wait to be dealt with, two for each meeting; of one event or, with null, of all. */
export async function countUnwritten(manager: EntityManager, eventId: string | null): Promise<number> {
  const [row] = await manager.query<[{ n: number }]>(
    `SELECT coalesce(sum(CASE b.stage
         WHEN 'event' THEN (SELECT count(*) FROM registration r WHERE r.event_id = b.event_id
           AND r.status = 'confirmed' AND (b.after_id IS NULL OR r.person_id > b.after_id))
         ELSE 2 * (SELECT count(*) FROM meeting m WHERE m.event_id = b.event_id
           AND m.status = 'scheduled' AND (b.after_id IS NULL OR m.id > b.after_id)) END), 0)::int AS n
     FROM invitation_backlog b WHERE $1::uuid IS NULL OR b.event_id = $1`,
    [eventId],
  );
  return row.n;
}
