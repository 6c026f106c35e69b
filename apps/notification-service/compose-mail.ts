import MailComposer from 'nodemailer/lib/mail-composer';
import type Mail from 'nodemailer/lib/mailer';
import { mailContext, type MailContext } from './mails/mail-content.js';
import { renderHtml, renderText } from './mails/render-content.js';
import { writeContent } from './mails/write-content.js';
import {
  MailNotWritableError,
  type ComposedMail,
  type OutgoingNotification,
} from './outgoing-notification.js';
import { writeCalendarPart } from './write-calendar-part.js';

export interface MailSettings {
  readonly from: { readonly name: string; readonly address: string };
  /** Base URL of links, without a trailing slash. */
  readonly publicUrl: string;
}

/**
 * The message of a row: text and HTML, with an invitation also the tree of RFC 6047 §2.4 — mixed › alternative[text,
 * html, text/calendar] and the same bytes as attachment for readers that hide the calendar part.
 * @throws MailNotWritableError when template, payload or invitation do not fit
 */
export async function composeMail(
  row: OutgoingNotification,
  settings: MailSettings,
  now: Date,
): Promise<ComposedMail> {
  try {
    const options = mailOptions(row, settings, now);
    const raw = await new MailComposer(options).compile().build();
    return { subject: String(options.subject), raw };
  } catch (error) {
    if (error instanceof MailNotWritableError) throw error;
    throw new MailNotWritableError(error instanceof Error ? error.message : String(error));
  }
}

function mailOptions(row: OutgoingNotification, settings: MailSettings, now: Date): Mail.Options {
  const context = mailContext(row.locale, settings.publicUrl);
  const content = writeContent(row.topic, row.payload, context);
  const domain = settings.from.address.slice(settings.from.address.lastIndexOf('@') + 1);
  const messageId = (id: string) => `<${id}@${domain}>`;
  const thread = row.threadId === null || row.threadId === row.messageId ? null : messageId(row.threadId);
  return {
    from: { name: row.invitation?.organizer.name ?? settings.from.name, address: settings.from.address },
    to: { name: row.toName ?? '', address: row.toAddress },
    subject: content.subject,
    date: now,
    messageId: messageId(row.messageId),
    ...(thread === null ? {} : { inReplyTo: thread, references: thread }),
    headers: {
      'Auto-Submitted': 'auto-generated',
      'X-Auto-Response-Suppress': 'All',
      'Content-Language': row.locale,
    },
    text: renderText(content, context),
    html: renderHtml(content, context),
    ...calendarParts(row, settings, context),
  };
}

function calendarParts(
  row: OutgoingNotification,
  settings: MailSettings,
  context: MailContext,
): Pick<Mail.Options, 'alternatives' | 'attachments'> {
  if (row.invitation === null || row.method === null) return {};
  const { link } = row.payload as { link?: string };
  const url = link === undefined ? '' : context.href(link);
  const content = writeCalendarPart(row.invitation, settings.from.address, url);
  // Base64 on both: quoted-printable would let gateways change line ends, and the copies must stay identical.
  return {
    alternatives: [
      {
        contentType: `text/calendar; charset=UTF-8; method=${row.method}; component=VEVENT`,
        content,
        contentTransferEncoding: 'base64',
      },
    ],
    attachments: [
      {
        filename: row.method === 'CANCEL' ? 'cancel.ics' : 'invite.ics',
        contentType: 'application/ics',
        content,
        contentTransferEncoding: 'base64',
      },
    ],
  };
}
