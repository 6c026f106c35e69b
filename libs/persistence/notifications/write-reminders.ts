import type { EntityManager } from 'typeorm';
import { SPREADING_LATER } from './spreading-later.js';

/** A reminder that is late by more than this is not sent: nobody wants to hear in the evening that the morning begins. */
const TOO_LATE = "interval '2 hours'";

/** What a rule `r` counts from, at its event `e`. */
const ANCHOR = "CASE r.anchor WHEN 'start' THEN e.starts_at ELSE e.ends_at END";

/**
 * Makes the reminders of a moved event due again at their new times; the messages of a time that it returns to were written
 * before and are not written twice. Call it in the transaction of the move, with the event's row locked.
 */
export async function resetReminders(
  manager: EntityManager,
  eventId: string,
  anchors: readonly ('start' | 'end')[],
): Promise<void> {
  await manager.query('UPDATE reminder_rule SET done_at = NULL WHERE event_id = $1 AND anchor = ANY($2)', [
    eventId,
    anchors,
  ]);
}

/**
 * Writes reminders whose time has come to everybody with a confirmed place, each once for each time the event has or had:
 * the rule's row is locked and marked. Returns the ids of notifications.
 */
export async function writeDueReminders(manager: EntityManager, now: Date): Promise<string[]> {
  const due = await manager.query<{ id: string; late: boolean }[]>(
    // Neither waits for whoever moves the event, nor lets it be moved meanwhile.
    `SELECT r.id, t.at + ${TOO_LATE} < $1 AS late
     FROM reminder_rule r JOIN event e ON e.id = r.event_id
     CROSS JOIN LATERAL (SELECT ${ANCHOR} + make_interval(mins => r.minutes) AS at) t
     WHERE r.done_at IS NULL AND e.state IN ('published', 'registration_closed', 'held') AND t.at <= $1
     ORDER BY r.id FOR UPDATE OF r SKIP LOCKED FOR KEY SHARE OF e SKIP LOCKED`,
    [now],
  );
  if (due.length === 0) return [];
  await manager.query('UPDATE reminder_rule SET done_at = $2 WHERE id = ANY($1)', [
    due.map((row) => row.id),
    now,
  ]);
  const ids = due.filter((row) => !row.late).map((row) => row.id);
  const rows = await manager.query<{ id: string }[]>(
    `WITH written AS (
     INSERT INTO notification (dedupe_key, stream_key, topic, person_id, to_address, to_name, locale, payload, event_id,
       next_attempt_at, created_at, message_id, in_app)
     SELECT 'event-reminder:' || r.id || ':' || g.id || ':' || extract(epoch FROM ${ANCHOR})::bigint, 'registration:' || g.id,
       'event-reminder', p.id, p.email, p.name, p.locale,
       jsonb_build_object('event', CASE WHEN p.locale = 'en' THEN coalesce(e.title_en, e.title) ELSE e.title END,
         'startsAt', e.starts_at, 'endsAt', e.ends_at, 'place', concat_ws('，', v.name, v.address), 'link', '/registrations/' || g.id,
         'online', CASE WHEN e.online_url IS NOT NULL THEN '/events/' || e.id END,
         'anchor', r.anchor, 'minutes', r.minutes, 'note', r.note), e.id, $2, $2, gen_random_uuid()::text, true
     FROM reminder_rule r JOIN event e ON e.id = r.event_id LEFT JOIN venue v ON v.id = e.venue_id
     JOIN registration g ON g.event_id = e.id AND g.status = 'confirmed' JOIN person p ON p.id = g.person_id
     WHERE r.id = ANY($1) ON CONFLICT (dedupe_key) DO NOTHING RETURNING id)
     ${SPREADING_LATER}`,
    [ids, now],
  );
  return rows.map((row) => row.id);
}
