import type { EntityManager } from 'typeorm';

/** A payload without what is for its person only: check-in codes in the details, one-time links, notes. */
const SHARED_PAYLOAD = `(n.payload - 'declineLink' - 'note'
  || CASE WHEN n.payload ? 'details' THEN '{"details": ""}'::jsonb ELSE '{}' END
  || CASE WHEN n.payload ? 'acceptLink' THEN jsonb_build_object('acceptLink', n.payload->'link') ELSE '{}' END)`;

/**
 * Tells robots of chat groups and webhooks of organisations about mails to their members. A robot of the platform tells
 * of a change of an event once, not once for everybody who was invited.
 */
export async function spreadToPlaces(
  manager: EntityManager,
  ids: readonly string[],
  now: Date,
): Promise<void> {
  const [any] = await manager.query<{ robots: boolean; webhooks: boolean }[]>(
    `SELECT EXISTS (SELECT 1 FROM channel_endpoint WHERE enabled) AS robots,
            EXISTS (SELECT 1 FROM webhook WHERE enabled) AS webhooks`,
  );
  if (any?.webhooks) await writeWebhookDeliveries(manager, ids, now);
  if (!any?.robots) return;
  await manager.query(
    `INSERT INTO notification (dedupe_key, stream_key, topic, channel, to_address, to_name, locale, payload, sequence,
       event_id, endpoint_id, merges, next_attempt_at, created_at, message_id)
     SELECT DISTINCT ON (key) key, 'robot:' || e.id, n.topic, e.kind, e.name, e.name, e.locale, ${SHARED_PAYLOAD},
       n.sequence, n.event_id, e.id, true, $2::timestamptz, $2::timestamptz, key
     FROM notification n JOIN channel_endpoint e ON e.enabled AND n.topic = ANY(e.topics)
     CROSS JOIN LATERAL (SELECT 'robot:' || e.id || ':' || CASE
       WHEN n.event_id IS NOT NULL AND (e.organisation_id IS NULL OR n.payload->>'kind' = 'event')
       THEN n.topic || ':' || n.event_id || ':' || coalesce(n.sequence, 0) || ':' || md5(${SHARED_PAYLOAD}::text)
       ELSE n.dedupe_key END AS key) k
     WHERE n.id = ANY($1) AND (
       (e.organisation_id IS NULL AND n.event_id IS NOT NULL AND n.payload->>'kind' = 'event')
       OR EXISTS (SELECT 1 FROM membership m WHERE m.organisation_id = e.organisation_id AND m.person_id = n.person_id))
     ORDER BY key, n.id
     ON CONFLICT (dedupe_key) DO NOTHING`,
    [ids, now],
  );
}

/** The body is fixed here, byte for byte: every try and every replay sends the same. */
async function writeWebhookDeliveries(
  manager: EntityManager,
  ids: readonly string[],
  now: Date,
): Promise<void> {
  await manager.query(
    `INSERT INTO webhook_delivery (webhook_id, dedupe_key, topic, body, next_attempt_at, created_at)
     SELECT w.id, n.dedupe_key, n.topic, jsonb_build_object('type', n.topic,
         'timestamp', to_char($2::timestamptz AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
         'data', jsonb_build_object('organisationId', w.organisation_id, 'personId', n.person_id, 'eventId', n.event_id,
           'sequence', n.sequence, 'details', ${SHARED_PAYLOAD}))::text, $2, $2
     FROM notification n JOIN membership m ON m.person_id = n.person_id
     JOIN webhook w ON w.organisation_id = m.organisation_id AND w.enabled AND n.topic = ANY(w.topics)
     WHERE n.id = ANY($1) ON CONFLICT (webhook_id, dedupe_key) DO NOTHING`,
    [ids, now],
  );
}
