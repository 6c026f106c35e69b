import { mailContext } from './mails/mail-content.js';
import { renderHtml, renderText } from './mails/render-content.js';
import { writeContent } from './mails/write-content.js';
import {
  MailNotWritableError,
  type ComposedMail,
  type OutgoingNotification,
} from './outgoing-notification.js';
import { writeCalendarPart } from './write-calendar-part.js';
import { writeMessage, type CalendarPart, type MessageAddress } from './write-message.js';

export interface MailSettings {
  readonly from: MessageAddress;
  /** Base URL of links, without a trailing slash. */
  readonly publicUrl: string;
}

/**
 * The message of a row: text and HTML, with an invitation also its calendar part.
 * @throws MailNotWritableError when template, payload or invitation do not fit
 */
export function composeMail(row: OutgoingNotification, settings: MailSettings, now: Date): ComposedMail {
  try {
    return compose(row, settings, now);
  } catch (error) {
    if (error instanceof MailNotWritableError) throw error;
    throw new MailNotWritableError(error instanceof Error ? error.message : String(error));
  }
}

function compose(row: OutgoingNotification, settings: MailSettings, now: Date): ComposedMail {
  const context = mailContext(row.locale, settings.publicUrl);
  const content = writeContent(row.topic, row.payload, context);
  const domain = settings.from.address.slice(settings.from.address.lastIndexOf('@') + 1);
  const messageId = (id: string) => `<${id}@${domain}>`;
  const thread = row.threadId === null || row.threadId === row.messageId ? null : messageId(row.threadId);
  const raw = writeMessage({
    from: {
      name: row.invitation?.organizer.name ?? settings.from.name,
      address: settings.from.address,
    },
    to: { name: row.toName ?? '', address: row.toAddress },
    replyTo: null,
    subject: content.subject,
    date: now,
    messageId: messageId(row.messageId),
    inReplyTo: thread,
    headers: [
      ['Auto-Submitted', 'auto-generated'],
      ['X-Auto-Response-Suppress', 'All'],
      ['Content-Language', row.locale],
    ],
    text: renderText(content, context),
    html: renderHtml(content, context),
    calendar: calendarOf(row, settings, (link) => context.href(link)),
  });
  return { subject: content.subject, raw };
}

function calendarOf(
  row: OutgoingNotification,
  settings: MailSettings,
  href: (link: string) => string,
): CalendarPart | null {
  if (row.invitation === null || row.method === null) return null;
  const { link } = row.payload as { link?: string };
  const url = link === undefined ? '' : href(link);
  return { method: row.method, content: writeCalendarPart(row.invitation, settings.from.address, url) };
}
