import type { EntityManager } from 'typeorm';
import { uuidsIn } from './uuids-in.js';

export interface ConcernedBy {
  /** Keys of reply addresses that the mail went to; '' for the mailbox itself. */
  readonly keys: readonly string[];
  /** Message-IDs that the mail answers. */
  readonly answers: readonly string[];
  readonly from: string;
}

/** The event that a person's mail is about: by the address it went to, by what it answers, else the writer's next one. */
export async function findConcerned(
  manager: EntityManager,
  by: ConcernedBy,
): Promise<{ eventId: string; calendarObjectId: string | null } | null> {
  const answered = by.answers.map((id) => id.split('@')[0] ?? '');
  const rows = await manager.query<{ eventId: string; calendarObjectId: string | null }[]>(
    `SELECT event_id AS "eventId", object_id AS "calendarObjectId" FROM (
       SELECT 1 AS rank, event_id, id AS object_id, updated_at AS at FROM calendar_object
       WHERE reply_key = ANY($1::uuid[])
       UNION ALL
       SELECT 2, event_id, calendar_object_id, created_at FROM notification
       WHERE message_id = ANY($2) AND event_id IS NOT NULL
       UNION ALL
       SELECT 3, c.event_id, c.id, c.updated_at FROM calendar_object c JOIN person p ON p.id = c.person_id
       WHERE p.email = lower($3) AND c.state = 'active') found
     ORDER BY rank, at DESC LIMIT 1`,
    [uuidsIn(by.keys), answered, by.from],
  );
  return rows[0] ?? null;
}
