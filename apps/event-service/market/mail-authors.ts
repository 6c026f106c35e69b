import type { EntityManager } from 'typeorm';
import type { SubjectKind } from '#libs/domain/market/market-fields.js';
import { writeMail } from '#libs/persistence/notifications/write-mail.js';
import { PATHS } from './market-kind.js';

interface Subject {
  readonly id: string;
  readonly title: string;
  readonly organisationId: string | null;
  readonly createdBy: string | null;
}
interface Message {
  /** need-returned, need-published, need-expired, capability-returned, capability-published. */
  readonly topic: string;
  /** What happened, e.g. the row of a review: one mail per occasion and person. */
  readonly occasion: string;
  /** What the mail says beside title and link. */
  readonly words: Readonly<Record<string, unknown>>;
}

/**
 * Writes to who wrote the record as long as they belong to its organisation, otherwise to the organisation's owners.
 * Returns the ids of the mails to wake.
 */
export async function mailAuthors(
  manager: EntityManager,
  kind: SubjectKind,
  subject: Subject,
  message: Message,
): Promise<string[]> {
  const people: { id: string; email: string; name: string; locale: 'zh-CN' | 'en' }[] = await manager.query(
    `SELECT p.id, p.email, p.name, p.locale FROM membership m JOIN person p ON p.id = m.person_id
     WHERE m.organisation_id = $1 AND p.disabled_at IS NULL AND CASE
       WHEN EXISTS (SELECT 1 FROM membership a WHERE a.organisation_id = $1 AND a.person_id = $2) THEN p.id = $2
       ELSE m.role = 'owner' END ORDER BY p.id`,
    [subject.organisationId, subject.createdBy],
  );
  const mails: string[] = [];
  for (const person of people) {
    const mail = await writeMail(manager, {
      topic: message.topic,
      dedupeKey: `${message.topic}:${message.occasion}:${person.id}`,
      personId: person.id,
      toAddress: person.email,
      toName: person.name,
      locale: person.locale,
      organisationId: subject.organisationId,
      payload: { ...message.words, title: subject.title, link: `/${PATHS[kind]}/${subject.id}` },
    });
    if (mail !== null) mails.push(mail);
  }
  return mails;
}
