import type { EntityManager } from 'typeorm';
import { SPREADING_LATER } from '../notifications/spreading-later.js';

export interface EventNews {
  readonly eventId: string;
  readonly registrationIds: readonly string[];
  readonly topic: 'registration-event-cancelled' | 'registration-event-moved';
  /** Tells apart two mails of one topic to one registration. */
  readonly occasion: string;
  /** Beside `event` (title in the recipient's language), `startsAt`, `endsAt`, `place` and `link`. */
  readonly payload: Record<string, unknown>;
}

/**
 * Tells many registrations of one event the same, in one statement that gives the database nothing but their ids. Returns
 * the ids of the notifications for `JobQueue.wake('send-notification', ids)`.
 */
export async function writeEventNews(manager: EntityManager, news: EventNews): Promise<string[]> {
  if (news.registrationIds.length === 0) return [];
  const rows: { id: string }[] = await manager.query(
    `WITH written AS (
     INSERT INTO notification (dedupe_key, stream_key, topic, person_id, to_address, to_name, locale, payload, event_id,
                               message_id, in_app)
     SELECT $3 || ':' || r.id || ':' || $4, 'registration:' || r.id, $3, p.id, p.email, p.name, p.locale,
            jsonb_build_object('event', CASE WHEN p.locale = 'en' THEN coalesce(e.title_en, e.title) ELSE e.title END,
              'startsAt', e.starts_at, 'endsAt', e.ends_at, 'place', concat_ws('，', v.name, v.address),
              'link', '/registrations/' || r.id) || $5::jsonb, e.id, gen_random_uuid()::text, true
     FROM event e LEFT JOIN venue v ON v.id = e.venue_id JOIN registration r ON r.event_id = e.id
     JOIN person p ON p.id = r.person_id
     WHERE e.id = $1 AND r.id = ANY($2)
     ON CONFLICT (dedupe_key) DO NOTHING RETURNING id)
     ${SPREADING_LATER}`,
    [news.eventId, news.registrationIds, news.topic, news.occasion, JSON.stringify(news.payload)],
  );
  return rows.map((row) => row.id);
}
