import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { SPREADING_LATER } from '../notifications/spreading-later.js';

export interface RegistrationMail {
  readonly registrationId: string;
  readonly topic:
    | 'registration-pending'
    | 'registration-waitlisted'
    | 'registration-offer'
    | 'registration-rejected'
    | 'registration-cancelled'
    | 'registration-expired';
  /** Tells apart two mails of one topic to one registration, e.g. the instant of an offer. */
  readonly occasion: string;
  /** Beside `event` (title in the recipient's language), `startsAt`, `endsAt` and `link`, which every mail carries. */
  readonly payload: Record<string, unknown>;
}

/**
 * Writes mails about registrations into the outbox, in one statement; mails about one registration leave in the order
 * in which they were written. Returns the ids of the notifications for `JobQueue.wake('send-notification', ids)`.
 */
export async function writeRegistrationMails(
  manager: EntityManager,
  mails: readonly RegistrationMail[],
): Promise<string[]> {
  if (mails.length === 0) return [];
  const rows: { id: string }[] = await manager.query(
    `WITH written AS (
     INSERT INTO notification (dedupe_key, stream_key, topic, person_id, to_address, to_name, locale, payload, event_id,
                               message_id, in_app)
     SELECT m.topic || ':' || r.id || ':' || m.occasion, 'registration:' || r.id, m.topic, p.id, p.email, p.name, p.locale,
            jsonb_build_object('event', CASE WHEN p.locale = 'en' THEN coalesce(e.title_en, e.title) ELSE e.title END,
              'startsAt', e.starts_at, 'endsAt', e.ends_at, 'link', '/registrations/' || r.id) || m.payload,
            e.id, m."messageId", true
     FROM jsonb_to_recordset($1) AS m("registrationId" uuid, topic text, occasion text, payload jsonb, "messageId" text)
     JOIN registration r ON r.id = m."registrationId" JOIN person p ON p.id = r.person_id JOIN event e ON e.id = r.event_id
     ON CONFLICT (dedupe_key) DO NOTHING RETURNING id)
     ${SPREADING_LATER}`,
    [JSON.stringify(mails.map((mail) => ({ ...mail, messageId: randomUUID() })))],
  );
  return rows.map((row) => row.id);
}
