import { randomUUID } from 'node:crypto';

export const MAILBOX = 'rsvp@events.test.example';
export const AUTHSERV = 'mx.events.test.example';

interface ReplyOptions {
  readonly method?: string;
  readonly uid: string;
  /** null = a proposal that names nobody. */
  readonly attendee: string | null;
  readonly from?: string;
  readonly partstat?: string;
  readonly sequence?: number;
  readonly stampedAt?: Date;
  /** Lines of the VEVENT beside UID, DTSTAMP, SEQUENCE, ORGANIZER and ATTENDEE. */
  readonly lines?: readonly string[];
  /** Objects of further calendar parts, which stand before the one described. */
  readonly before?: readonly string[];
  /** What our own mail server says; null = nothing. */
  readonly authentication?: string | null;
  readonly to?: string;
  readonly headers?: readonly string[];
}

const stamp = (date: Date) => date.toISOString().replace(/[-:]|\.\d{3}/g, '');

/** The object of an answer. */
export function replyObject(options: ReplyOptions): string {
  const { method = 'REPLY', uid, attendee, partstat = 'ACCEPTED', to = MAILBOX } = options;
  return [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Test//EN',
    `METHOD:${method}`,
    'BEGIN:VEVENT',
    `UID:${uid}`,
    `DTSTAMP:${stamp(options.stampedAt ?? new Date())}`,
    `SEQUENCE:${options.sequence ?? 0}`,
    `ORGANIZER:mailto:${to}`,
    ...(attendee === null ? [] : [`ATTENDEE;PARTSTAT=${partstat}:mailto:${attendee}`]),
    ...(options.lines ?? []),
    'END:VEVENT',
    'END:VCALENDAR',
    '',
  ].join('\r\n');
}

const calendarPart = (method: string, calendar: string): string[] => [
  '--b',
  `Content-Type: text/calendar; charset=utf-8; method=${method}`,
  'Content-Transfer-Encoding: base64',
  '',
  Buffer.from(calendar).toString('base64').replace(/.{76}/g, '$&\r\n'),
];

/** A mail as calendars of attendees send it: plain words and a calendar part in base64. */
export function replyMail(options: ReplyOptions): Buffer {
  const { method = 'REPLY', attendee, from = attendee ?? '', to = MAILBOX, before = [] } = options;
  const authentication =
    options.authentication === undefined
      ? `${AUTHSERV}; dmarc=pass header.from=${from.slice(from.indexOf('@') + 1)}`
      : options.authentication;
  return Buffer.from(
    [
      `Delivered-To: ${to}`,
      ...(authentication === null ? [] : [`Authentication-Results: ${authentication}`]),
      `From: ${from}`,
      `To: ${to}`,
      'Subject: Accepted',
      `Message-ID: <${randomUUID()}@client.test.example>`,
      `Date: ${new Date().toUTCString()}`,
      ...(options.headers ?? []),
      'MIME-Version: 1.0',
      'Content-Type: multipart/alternative; boundary=b',
      '',
      '--b',
      'Content-Type: text/plain',
      '',
      'answer',
      ...[...before, replyObject(options)].flatMap((calendar) => calendarPart(method, calendar)),
      '--b--',
      '',
    ].join('\r\n'),
  );
}

/** A mail in plain words. */
export function plainMail(options: {
  readonly from: string;
  readonly to?: string;
  readonly subject?: string;
  readonly text?: string;
  readonly headers?: readonly string[];
}): Buffer {
  return Buffer.from(
    [
      ...(options.headers ?? []),
      `From: ${options.from}`,
      `To: ${options.to ?? MAILBOX}`,
      `Subject: ${options.subject ?? 'A question'}`,
      `Message-ID: <${randomUUID()}@client.test.example>`,
      'Content-Type: text/plain; charset=utf-8',
      '',
      options.text ?? 'May I bring a colleague?',
      '',
    ].join('\r\n'),
  );
}
