import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';

/** A calendar that asks again and again gets an answer once in so long. */
const REFRESH_PAUSE_MS = 10 * 60_000;

/**
 * Sends an attendee the current invitation again with the same SEQUENCE and a newer DTSTAMP (RFC 5546 §3.2.6). Returns
 * the notification's id, null when it was sent a moment ago. The object's row must be locked.
 */
export async function resendInvitation(
  manager: EntityManager,
  calendarObjectId: string,
  now: Date,
): Promise<string | null> {
  const stamped = await manager.query<[unknown[], number]>(
    `UPDATE calendar_object SET refreshed_at = $2,
       snapshot = snapshot || jsonb_build_object('stampedAt', to_char(
         greatest($2::timestamptz, (snapshot->>'stampedAt')::timestamptz + interval '1 second') AT TIME ZONE 'UTC',
         'YYYY-MM-DD"T"HH24:MI:SS".000Z"'))
     WHERE id = $1 AND (refreshed_at IS NULL OR refreshed_at <= $3)`,
    [calendarObjectId, now, new Date(now.getTime() - REFRESH_PAUSE_MS)],
  );
  if (stamped[1] === 0) return null;
  const id = randomUUID();
  const rows = await manager.query<{ id: string }[]>(
    `INSERT INTO notification (dedupe_key, stream_key, topic, person_id, to_address, to_name, locale, payload,
       calendar_object_id, method, sequence, invitation, event_id, next_attempt_at, message_id, created_at)
     SELECT 'refresh:' || $2::text, 'ical:' || c.uid || ':' || c.person_id, 'invitation-request', p.id, p.email, p.name,
       p.locale, coalesce(last.payload, '{}') || jsonb_build_object(
         'kind', c.kind, 'title', coalesce(last.payload->>'title', c.snapshot->>'summary'),
         'host', last.payload->>'host', 'link', coalesce(last.payload->>'link', '/events/' || c.event_id),
         'note', null, 'summary', c.snapshot->>'summary', 'startsAt', c.snapshot->>'start', 'endsAt', c.snapshot->>'end',
         'place', c.snapshot->>'location', 'details', c.snapshot->>'description', 'cancelledWhole', false, 'before', null),
       c.id, 'REQUEST', c.sequence, c.snapshot, c.event_id, $3, $2, $3
     FROM calendar_object c JOIN person p ON p.id = c.person_id
     LEFT JOIN LATERAL (SELECT payload FROM notification n
       WHERE n.person_id = c.person_id AND n.calendar_object_id = c.id ORDER BY n.id DESC LIMIT 1) last ON true
     WHERE c.id = $1 RETURNING id`,
    [calendarObjectId, id, now],
  );
  return rows[0]?.id ?? null;
}
