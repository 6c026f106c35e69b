import type { EntityManager } from 'typeorm';
import { randomUUID } from 'node:crypto';
import { groupOf } from '#libs/domain/notifications/channel-choices.js';
import { SPREADING_LATER } from './spreading-later.js';

/** A plain mail (no calendar part) to write into the outbox. */
export interface MailInput {
  /** Template of the notification service, e.g. `verify-email`. */
  readonly topic: string;
  /** What caused it; a second mail with the same key is never written. */
  readonly dedupeKey: string;
  readonly personId: string | null;
  readonly toAddress: string;
  readonly toName: string | null;
  readonly locale: 'zh-CN' | 'en';
  readonly payload: Record<string, unknown>;
  readonly eventId?: string | null;
  /** The organisation it is about: its robots and webhooks hear of it, those of no other. */
  readonly organisationId?: string | null;
  /** Nobody hears of it but who reads the mail: no robot, no webhook, nothing in the web application. */
  readonly mailOnly?: boolean;
  /** Mails of one stream leave in the order in which they were written. Default: alone in its stream. */
  readonly streamKey?: string;
}

/**
 * Writes a mail, and what is said of it elsewhere, into the outbox in the transaction of `manager`; the notification service sends it after the commit.
 * Returns the row's id for `JobQueue.wake('send-notification', [id])`, or null when the key was written before.
 */
export async function writeMail(manager: EntityManager, input: MailInput): Promise<string | null> {
  // One-time links of an account prove a mailbox, and go nowhere else.
  const isPrivate = input.mailOnly === true || groupOf(input.topic) === 'account';
  const rows: { id: string }[] = await manager.query(
    `WITH written AS (
     INSERT INTO notification (dedupe_key, stream_key, topic, person_id, to_address, to_name, locale, payload, event_id,
                               message_id, in_app, organisation_id)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
     ON CONFLICT (dedupe_key) DO NOTHING RETURNING id)
     ${isPrivate ? 'SELECT id FROM written' : SPREADING_LATER}`,
    [
      input.dedupeKey,
      input.streamKey ?? input.dedupeKey,
      input.topic,
      input.personId,
      input.toAddress,
      input.toName,
      input.locale,
      JSON.stringify(input.payload),
      input.eventId ?? null,
      randomUUID(),
      !isPrivate && input.personId !== null,
      input.organisationId ?? null,
    ],
  );
  return rows[0]?.id ?? null;
}
