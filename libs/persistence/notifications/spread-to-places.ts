import type { EntityManager } from 'typeorm';
import { ABOUT_ORGANISATION, SHARED_PAYLOAD } from './about-organisation.js';
import { writeRobotMessages } from './write-robot-messages.js';

/** Tells robots of chat groups, and webhooks of the organisations that mails are about. */
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
  if (any?.robots) await writeRobotMessages(manager, ids, now);
}

/** The body is fixed here, byte for byte: every try and every replay sends the same. */
async function writeWebhookDeliveries(
  manager: EntityManager,
  ids: readonly string[],
  now: Date,
): Promise<void> {
  await manager.query(
    `WITH ${ABOUT_ORGANISATION}
     INSERT INTO webhook_delivery (webhook_id, dedupe_key, topic, body, next_attempt_at, created_at)
     SELECT w.id, n.dedupe_key, n.topic, jsonb_build_object('type', n.topic,
         'timestamp', to_char($2::timestamptz AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
         'data', jsonb_build_object('organisationId', w.organisation_id, 'personId', n.person_id, 'eventId', n.event_id,
           'sequence', n.sequence, 'details', ${SHARED_PAYLOAD}))::text, $2, $2
     FROM about a JOIN notification n ON n.id = a.id
     JOIN webhook w ON w.organisation_id = a.organisation_id AND w.enabled AND n.topic = ANY(w.topics)
     ON CONFLICT (webhook_id, dedupe_key) DO NOTHING`,
    [ids, now],
  );
}
