import { isUtf8 } from 'node:buffer';
import { simpleParser, type Attachment, type ParsedMail, type StructuredHeader } from 'mailparser';
import { MAX_CALENDAR_OCTETS, readItipMessage } from '#libs/domain/calendar/inbound/itip-message.js';
import { mailboxAddress } from '#libs/domain/calendar/inbound/mail-address.js';
import type { CalendarPart, MailFacts } from '#libs/domain/calendar/inbound/mail-facts.js';
import {
  bodyText,
  unlabelledText,
  withLineFeeds,
  withUtf8Header,
} from '#libs/domain/calendar/inbound/mail-octets.js';
import { UnreadableCalendarError } from '#libs/domain/calendar/inbound/read-calendar-lines.js';
import { storableText } from '#libs/domain/calendar/inbound/storable-text.js';

const MAX_TEXT = 65_536;
const MAX_HEADERS = 500;
const MAX_HEADER_LENGTH = 8192;
const MAX_CALENDARS = 10;
/** What a report returns of the mail it is about (RFC 3462, RFC 6533). */
const RETURNED = ['message/rfc822', 'text/rfc822-headers', 'message/global', 'message/global-headers'];

const TNEF = Buffer.from([0x78, 0x9f, 0x3e, 0x22]);

/** Options of the parser that leave returned messages closed: what sits in them is not said by this mail. */
const OPTIONS = {
  keepDeliveryStatus: true,
  ignoreEmbedded: true,
  skipHtmlToText: true,
  skipTextToHtml: true,
  skipImageLinks: true,
  skipTextLinks: true,
  keepCidLinks: true,
};

/**
 * Takes a mail apart. Runs in the parsing thread; nothing in the mail is fetched or executed.
 * @throws Error when the mail is beyond the parser's limits (1,000 parts, 1 MiB of header)
 */
export async function parseMail(octets: Uint8Array): Promise<MailFacts> {
  const raw = withLineFeeds(octets);
  const mail = await simpleParser(Buffer.from(withUtf8Header(raw)), OPTIONS);
  const headers = readHeaders(mail);
  const values = (name: string) => headers.filter(([key]) => key === name).map(([, value]) => value);
  const type = mail.headers.get('content-type') as StructuredHeader | undefined;
  const calendars = mail.attachments.filter(isCalendar).slice(0, MAX_CALENDARS);
  const others = mail.attachments.filter((part) => !isCalendar(part));
  return {
    from: fromAddresses(mail),
    fromName: storableText(mail.from?.value[0]?.name ?? '', 200),
    to: [...addresses(mail.to), ...addresses(mail.cc)],
    deliveredTo: ['delivered-to', 'x-original-to', 'envelope-to']
      .flatMap(values)
      .map(bareAddress)
      .filter(Boolean),
    subject: storableText(mail.subject ?? '', 500),
    messageId: mail.messageId === undefined ? null : storableText(mail.messageId, 998),
    answers: [...values('in-reply-to'), ...values('references')].flatMap(messageIds).slice(0, 100),
    date: mail.date !== undefined && !Number.isNaN(mail.date.getTime()) ? mail.date.getTime() : null,
    headers,
    contentType: (type?.value ?? 'text/plain').toLowerCase(),
    reportType: type?.params?.['report-type']?.toLowerCase() ?? null,
    text: storableText(hasParts(mail) ? readableText(mail) : withoutMime(bodyText(raw, MAX_TEXT)), MAX_TEXT),
    calendars: calendars.map(readCalendarPart),
    deliveryStatus: contentsOf(mail, ['message/delivery-status', 'message/global-delivery-status']),
    feedbackReports: contentsOf(mail, ['message/feedback-report']),
    returnedHeader: contentsOf(mail, RETURNED)
      .map((text) => text.split(/\r?\n\r?\n/)[0] ?? '')
      .join('\n'),
    otherParts: others.map(typeOf),
  };
}

/** No part is found in a mail whose header does not say rightly where its parts begin. */
function hasParts(mail: ParsedMail): boolean {
  return mail.text !== undefined || typeof mail.html === 'string' || mail.attachments.length > 0;
}

function withoutMime(body: string): string {
  return body.replace(/^(?:--|content-[a-z-]+:|\s*(?:boundary|charset)=).*$/gim, '').trim();
}

/** Lower case; a type that is left empty is that of a part without one (RFC 2045 §5.2): the parser has `false` then. */
function typeNameOf(part: Attachment): string {
  const type: unknown = part.contentType;
  return typeof type === 'string' && type !== '' ? type.toLowerCase() : 'text/plain';
}

function isCalendar(part: Attachment): boolean {
  const type = typeNameOf(part);
  if (type === 'text/calendar' || type === 'application/ics') return true;
  return type !== 'message/rfc822' && /\.ics$/i.test(part.filename ?? '');
}

/** Exchange's TNEF is often typed as mere octets: it is known by its name and by how it begins (MS-OXTNEF §2.1.3.1). */
function typeOf(part: Attachment): string {
  const type = typeNameOf(part);
  if (type !== 'application/octet-stream') return type;
  const isTnef = /^winmail\.dat$/i.test(part.filename ?? '') || part.content.subarray(0, 4).equals(TNEF);
  return isTnef ? 'application/ms-tnef' : type;
}

function readCalendarPart(part: Attachment): CalendarPart {
  const type = part.headers.get('content-type') as StructuredHeader | undefined;
  const method = type?.params?.['method']?.trim().toUpperCase() ?? null;
  const base = { contentType: typeNameOf(part), methodParameter: method };
  const content = part.content;
  try {
    if (content.length > MAX_CALENDAR_OCTETS) {
      throw new UnreadableCalendarError('too-large', `${content.length} octets of calendar`);
    }
    const message = readItipMessage(content, type?.params?.['charset'] ?? null);
    return { ...base, message, fault: null, reason: '' };
  } catch (error) {
    if (!(error instanceof UnreadableCalendarError)) throw error;
    return { ...base, message: null, fault: error.fault, reason: error.message };
  }
}

function readHeaders(mail: ParsedMail): [string, string][] {
  return mail.headerLines.slice(0, MAX_HEADERS).map(({ key, line }) => {
    const value = storableText(utf8Of(line.slice(line.indexOf(':') + 1)), MAX_HEADER_LENGTH);
    return [key.toLowerCase(), value.replace(/\r?\n[ \t]+/g, ' ').trim()];
  });
}

function addresses(field: ParsedMail['to']): string[] {
  const objects = field === undefined ? [] : [field].flat();
  return objects
    .flatMap((object) => object.value)
    .flatMap((entry) => entry.group ?? [entry])
    .map((entry) => storableText(entry.address ?? '', 1000))
    .map((address) => (address.includes('@') ? mailboxAddress(address) : address.slice(0, 320).toLowerCase()))
    .filter((address) => address !== '')
    .slice(0, 200);
}

/** Of a mail with several From fields, which no client sends, one of each: none of them is the writer (RFC 5322 §3.6). */
function fromAddresses(mail: ParsedMail): string[] {
  const fields = mail.headerLines.filter(({ key }) => key.toLowerCase() === 'from');
  if (fields.length < 2) return addresses(mail.from);
  return fields.slice(0, 10).map(({ line }) => bareAddress(line.slice(line.indexOf(':') + 1)));
}

function bareAddress(value: string): string {
  return mailboxAddress(/<([^<>]*)>/.exec(value)?.[1] ?? value);
}

function messageIds(value: string): string[] {
  return [...value.matchAll(/<([^<>\s]+)>/g)].map((match) => match[1] ?? '');
}

/** Header lines come as octets; UTF-8 stands in those of internationalised mail (RFC 6532). */
function utf8Of(line: string): string {
  const octets = Buffer.from(line, 'latin1');
  return octets.toString('latin1') === line && isUtf8(octets) ? octets.toString('utf8') : line;
}

/** HTML without the elements that are never shown; one that stays open hides nothing. Linear in the length. */
function withoutHidden(html: string): string {
  const left = new Set(['style', 'script', 'head']);
  const opening = /<(style|script|head)\b/gi;
  let out = '';
  let from = 0;
  for (let found = opening.exec(html); found !== null && left.size > 0; found = opening.exec(html)) {
    const name = found[1]?.toLowerCase() ?? '';
    if (!left.has(name)) continue;
    const closing = new RegExp(`</${name}>`, 'gi');
    closing.lastIndex = opening.lastIndex;
    if (closing.exec(html) === null) {
      left.delete(name);
      continue;
    }
    out += `${html.slice(from, found.index)} `;
    from = closing.lastIndex;
    opening.lastIndex = from;
  }
  return out + html.slice(from);
}

/** Plain text, else what is left of the HTML without its tags: to be shown as text only. */
function readableText(mail: ParsedMail): string {
  const text = mail.text?.trim() ? mail.text : '';
  if (text !== '' || typeof mail.html !== 'string') return text.slice(0, MAX_TEXT);
  return withoutHidden(mail.html.slice(0, 4 * MAX_TEXT))
    .replace(/<br\b[^<>]*>|<\/(?:p|div|tr|li|h\d)>/gi, '\n')
    .replace(/<[^<>]*>/g, ' ')
    .replace(/&nbsp;/g, ' ')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&')
    .replace(/[ \t]+/g, ' ')
    .slice(0, MAX_TEXT);
}

function contentsOf(mail: ParsedMail, contentTypes: readonly string[]): string[] {
  return mail.attachments
    .filter((part) => contentTypes.includes(typeNameOf(part)))
    .slice(0, 10)
    .map((part) => storableText(unlabelledText(part.content), 4 * MAX_TEXT));
}
