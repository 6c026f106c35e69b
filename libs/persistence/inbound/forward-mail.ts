import type { EntityManager } from 'typeorm';
import { storableText } from '#libs/domain/calendar/inbound/storable-text.js';
import { writeMail } from '../notifications/write-mail.js';

export interface ForwardedMail {
  readonly inboundMailId: string;
  readonly from: string;
  readonly fromName: string;
  readonly subject: string;
  readonly text: string;
  /** The event it is about; null = nobody knows. */
  readonly eventId: string | null;
}

const MAX_RECEIVERS = 20;
const MAX_TEXT = 8000;

/**
 * Hands what a person wrote to those who run the event: who made it, else all organizers. Returns the ids of the mails.
 */
export async function forwardMail(manager: EntityManager, mail: ForwardedMail): Promise<string[]> {
  const receivers = await manager.query<
    { id: string; email: string; name: string; locale: 'zh-CN' | 'en' }[]
  >(
    `SELECT p.id, p.email, p.name, p.locale FROM person p
     WHERE p.disabled_at IS NULL AND lower(p.email) <> lower($2) AND CASE
       WHEN EXISTS (SELECT 1 FROM event e JOIN person maker ON maker.id = e.created_by
                    WHERE e.id = $1 AND maker.disabled_at IS NULL)
       THEN p.id = (SELECT created_by FROM event WHERE id = $1)
       ELSE 'organizer' = ANY (p.platform_roles) END
     ORDER BY p.id LIMIT ${MAX_RECEIVERS}`,
    [mail.eventId, mail.from],
  );
  const [event] = await manager.query<{ title: string }[]>('SELECT title FROM event WHERE id = $1', [
    mail.eventId,
  ]);
  const ids: string[] = [];
  for (const person of receivers) {
    const id = await writeMail(manager, {
      topic: 'mail-forwarded',
      dedupeKey: `mail-forwarded:${mail.inboundMailId}:${person.id}`,
      personId: person.id,
      toAddress: person.email,
      toName: person.name,
      locale: person.locale,
      eventId: mail.eventId,
      payload: {
        from: mail.from,
        fromName: mail.fromName,
        subject: mail.subject,
        text: storableText(mail.text, MAX_TEXT),
        event: event?.title ?? null,
        link: `/organizer/inbound-mails/${mail.inboundMailId}`,
      },
    });
    if (id !== null) ids.push(id);
  }
  return ids;
}
