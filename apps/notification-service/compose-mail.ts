import { replyAddress } from '#libs/domain/calendar/inbound/reply-address.js';
import { groupOf } from '#libs/domain/notifications/channel-choices.js';
import type { StoredInvitation } from '#libs/domain/notifications/stored-invitation.js';
import { digestContent } from '#libs/platform/mails/digest-content.js';
import { mailContext, type MailContent, type MailContext } from '#libs/platform/mails/mail-content.js';
import { withOwnWords, type OwnWords } from '#libs/platform/mails/own-words.js';
import { renderHtml, renderText } from '#libs/platform/mails/render-content.js';
import { writeContent } from '#libs/platform/mails/write-content.js';
import {
  MailNotWritableError,
  type ComposedMail,
  type OutgoingNotification,
} from './outgoing-notification.js';
import type { PersonalLinks } from './mail-links.js';
import { writeCalendarPart } from './write-calendar-part.js';
import { writeMessage, type CalendarPart, type MessageAddress } from './write-message.js';

export interface MailSettings {
  readonly from: MessageAddress;
  /** Where people's answers go; null = to the sender. */
  readonly replyTo: string | null;
  /** Base URL of links, without a trailing slash. */
  readonly publicUrl: string;
  /** Mailbox that calendars answer to, each invitation behind a key of its own; null = answers are not read. */
  readonly replyMailbox: string | null;
}

/** A mail and what goes into it: `also` are later rows of a digest, `words` a programme's template. */
export interface MailMaterial {
  readonly row: OutgoingNotification;
  readonly also: readonly OutgoingNotification[];
  readonly words: OwnWords | null;
  readonly links: PersonalLinks;
}

/**
 * The message of a row: text and HTML, with an invitation also its calendar part.
 * @throws MailNotWritableError when template, payload or invitation do not fit
 */
export function composeMail(material: MailMaterial, settings: MailSettings, now: Date): ComposedMail {
  try {
    return compose(material, settings, now);
  } catch (error) {
    if (error instanceof MailNotWritableError) throw error;
    throw new MailNotWritableError(error instanceof Error ? error.message : String(error));
  }
}

function compose(material: MailMaterial, settings: MailSettings, now: Date): ComposedMail {
  const { row, links } = material;
  const { unsubscribe } = links;
  const context = mailContext(row.locale, settings.publicUrl, settings.replyTo !== null);
  const content = withAnswerLink(contentOf(material, context), links.answer, context);
  const domain = settings.from.address.slice(settings.from.address.lastIndexOf('@') + 1);
  const messageId = (id: string) => `<${id}@${domain}>`;
  const thread = row.threadId === null || row.threadId === row.messageId ? null : messageId(row.threadId);
  const invitation = row.invitation === null ? null : (JSON.parse(row.invitation) as StoredInvitation);
  const raw = writeMessage({
    from: { name: invitation?.organizer.name ?? settings.from.name, address: settings.from.address },
    to: { name: row.toName ?? '', address: row.toAddress },
    replyTo: settings.replyTo === null ? null : { name: '', address: settings.replyTo },
    subject: content.subject,
    date: now,
    messageId: messageId(row.messageId),
    inReplyTo: thread,
    headers: headersOf(row, domain, unsubscribe),
    text: renderText(content, context, unsubscribe),
    html: renderHtml(content, context, unsubscribe),
    calendar: calendarOf(row, invitation, settings, (link) => context.href(link)),
  });
  return { subject: content.subject, raw };
}

function contentOf({ row, also, words }: MailMaterial, context: MailContext): MailContent {
  if (row.merges) return digestContent([row, ...also], context);
  const content = writeContent(row.topic, row.payload, context);
  return words === null ? content : withOwnWords(content, words, row, context);
}

/** Mails that nobody has to get carry the way out of them: List-Unsubscribe (RFC 2369) and its one click (RFC 8058). */
function headersOf(
  row: OutgoingNotification,
  domain: string,
  unsubscribe: string | null,
): [string, string][] {
  const always: [string, string][] = [
    ['Auto-Submitted', 'auto-generated'],
    ['X-Auto-Response-Suppress', 'All'],
    ['Content-Language', row.locale],
  ];
  if (unsubscribe === null) return always;
  return [
    ...always,
    ['List-Id', `<${row.merges ? 'digest' : groupOf(row.topic)}.${domain}>`],
    ['List-Unsubscribe', `<${unsubscribe}>`],
    ['List-Unsubscribe-Post', 'List-Unsubscribe=One-Click'],
  ];
}

function calendarOf(
  row: OutgoingNotification,
  invitation: StoredInvitation | null,
  settings: MailSettings,
  href: (link: string) => string,
): CalendarPart | null {
  if (invitation === null || row.method === null) return null;
  const { link } = row.payload as { link?: string };
  const url = link === undefined ? '' : href(link);
  const { replyMailbox, from } = settings;
  const organizer =
    replyMailbox === null || row.replyKey === null ? null : replyAddress(replyMailbox, row.replyKey);
  const content = writeCalendarPart(invitation, {
    organizerAddress: organizer ?? from.address,
    asksForReply: organizer !== null && row.method === 'REQUEST',
    answer: row.answer,
    url,
  });
  return { method: row.method, content };
}

/** Many calendars send no reply, or into the void: an invitation can be answered on the web as well. */
function withAnswerLink(content: MailContent, path: string | null, context: MailContext): MailContent {
  if (path === null) return content;
  const label = context.say('答复是否参加', 'Say whether you come');
  return { ...content, actions: [...(content.actions ?? []), { label, href: context.href(path) }] };
}
