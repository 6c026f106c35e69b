import { createHash } from 'node:crypto';
import type { EntityManager } from 'typeorm';

export interface InboundDelivery {
  readonly source: 'smtp' | 'lmtp' | 'imap' | 'http';
  readonly raw: Buffer;
  /** '' is the empty return path; null when the way in does not tell. */
  readonly envelopeFrom: string | null;
  readonly recipients: readonly string[];
  readonly authenticatedSender: string | null;
  readonly receivedAt: Date;
}

/** What is kept of a mail that is too large to be read: enough to see whose it is. */
const KEPT_OF_TOO_LARGE = 65_536;

/**
 * Keeps a mail as it came, before anybody looks into it. Returns its id for `JobQueue.wake('read-mail', [id])`; null
 * when the same delivery is kept already. Of a mail larger than `maxBytes` only the beginning is kept, for a person.
 */
export async function storeInboundMail(
  manager: EntityManager,
  mail: InboundDelivery,
  maxBytes: number,
): Promise<string | null> {
  const tooLarge = mail.raw.length > maxBytes;
  const recipients = mail.recipients.map((address) => address.toLowerCase());
  const digest = createHash('sha256')
    .update(recipients.join('\n'))
    .update('\0')
    .update(mail.raw)
    .digest('hex');
  const rows = await manager.query<{ id: string }[]>(
    `INSERT INTO inbound_mail (source, envelope_from, recipients, authenticated_sender, digest, raw, size, received_at, status,
       outcome, reason, decided_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) ON CONFLICT (digest) DO NOTHING RETURNING id`,
    [
      mail.source,
      mail.envelopeFrom,
      recipients,
      mail.authenticatedSender,
      digest,
      tooLarge ? mail.raw.subarray(0, KEPT_OF_TOO_LARGE) : mail.raw,
      mail.raw.length,
      mail.receivedAt,
      tooLarge ? 'done' : 'received',
      tooLarge ? 'quarantine' : null,
      tooLarge ? `${mail.raw.length} octets are more than ${maxBytes}` : null,
      tooLarge ? mail.receivedAt : null,
    ],
  );
  return rows[0]?.id ?? null;
}

/** Ids of mails nobody has decided about, oldest first. */
export async function waitingInboundMails(manager: EntityManager, limit: number): Promise<string[]> {
  const rows = await manager.query<{ id: string }[]>(
    "SELECT id FROM inbound_mail WHERE status = 'received' ORDER BY received_at, id LIMIT $1",
    [limit],
  );
  return rows.map((row) => row.id);
}
