import { simpleParser, type ParsedMail } from 'mailparser';
import type { DataSource } from 'typeorm';
import type { CalendarInvitation } from '#libs/domain/calendar/invitation.js';
import { readInvitation } from '#libs/domain/calendar/read-invitation.js';
import { waitFor } from './wait-for.js';

export interface ReceivedMail {
  readonly topic: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** Absolute addresses in the text, in order. */
  readonly links: string[];
  readonly headers: ParsedMail['headers'];
  readonly messageId: string;
  /** The calendar part, read; null for plain mails. */
  readonly calendar: CalendarInvitation | null;
  /** Its text as it was sent. */
  readonly calendarText: string | null;
  readonly raw: Buffer;
}

/** A message as its reader's program takes it apart. */
export async function parseMail(raw: Buffer, topic = ''): Promise<ReceivedMail> {
  const mail = await simpleParser(raw);
  const part = mail.attachments.find((attachment) => attachment.contentType === 'text/calendar');
  const calendarText = part?.content.toString('utf8') ?? null;
  const text = mail.text ?? '';
  return {
    topic,
    subject: mail.subject ?? '',
    text,
    html: mail.html === false ? '' : mail.html,
    links: text.match(/https?:\/\/[^\s<>]+/g) ?? [],
    headers: mail.headers,
    messageId: mail.messageId ?? '',
    calendar: calendarText === null ? null : readInvitation(calendarText),
    calendarText,
    raw,
  };
}

/** People who never sleep: their mails come at whatever hour the tests run. */
export async function withoutQuietHours(dataSource: DataSource, ...personIds: string[]): Promise<void> {
  await dataSource.query(
    'INSERT INTO notification_preference (person_id, quiet_hours) SELECT id, false FROM unnest($1::uuid[]) AS p(id)',
    [personIds],
  );
}

/** Mails that arrived in the mailbox of `address`, oldest first; `topic` narrows them. */
export async function readMailbox(
  dataSource: DataSource,
  address: string,
  topic?: string,
): Promise<ReceivedMail[]> {
  const rows: { raw: Buffer; topic: string }[] = await dataSource.query(
    `SELECT m.raw, n.topic FROM mailbox_message m JOIN notification n ON n.id = m.notification_id
     WHERE m.to_address = $1 AND ($2::text IS NULL OR n.topic = $2) ORDER BY m.received_at, m.id`,
    [address, topic ?? null],
  );
  return Promise.all(rows.map((row) => parseMail(row.raw, row.topic)));
}

/** Waits until `count` mails of a topic are in a mailbox, and answers them. */
export function waitForMails(
  dataSource: DataSource,
  address: string,
  topic?: string,
  count = 1,
): Promise<ReceivedMail[]> {
  return waitFor(
    async () => {
      const mails = await readMailbox(dataSource, address, topic);
      return mails.length >= count ? mails : null;
    },
    `${count} mails ${topic ?? ''} to ${address}`,
  );
}
