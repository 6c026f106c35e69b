import { base64Lines, headerAddress, headerDate, headerText } from './mime-text.js';

export interface MessageAddress {
  readonly name: string;
  readonly address: string;
}

export interface CalendarPart {
  readonly method: 'REQUEST' | 'CANCEL' | 'DECLINECOUNTER';
  readonly content: Buffer;
}

/** What a message of the platform consists of; texts as they are, without any encoding. */
export interface Message {
  readonly from: MessageAddress;
  readonly to: MessageAddress;
  readonly replyTo: MessageAddress | null;
  readonly subject: string;
  readonly date: Date;
  /** With angle brackets, as `inReplyTo`. */
  readonly messageId: string;
  readonly inReplyTo: string | null;
  /** Further headers; values are ASCII. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly text: string;
  readonly html: string;
  readonly calendar: CalendarPart | null;
}

/**
 * The bytes of a message (RFC 5322, RFC 2045): alternative[text, html], with an invitation the tree of RFC 6047 §2.4 —
 * mixed › alternative[text, html, text/calendar] and the same calendar bytes as attachment for readers that hide the
 * calendar part. Written in one go without streams: a general composer takes most of the time that a mail costs.
 */
export function writeMessage(message: Message): Buffer {
  // No base64 line holds an underscore: a boundary never stands in a part.
  const boundary = (part: string) =>
    `=_${part}_${message.messageId.replace(/[^A-Za-z0-9-]/g, '').slice(0, 50)}`;
  const texts = [
    part('text/plain; charset=utf-8', base64Lines(Buffer.from(message.text, 'utf8'))),
    part('text/html; charset=utf-8', base64Lines(Buffer.from(message.html, 'utf8'))),
  ];
  const body =
    message.calendar === null
      ? multipart('alternative', boundary('a'), texts)
      : withCalendar(texts, message.calendar, boundary);
  return Buffer.from(`${headers(message)}MIME-Version: 1.0\r\n${body}`, 'latin1');
}

function headers(message: Message): string {
  const lines: (readonly [string, string])[] = [
    ['From', headerAddress(message.from.name, message.from.address)],
    ['To', headerAddress(message.to.name, message.to.address)],
    ...(message.replyTo === null
      ? []
      : [['Reply-To', headerAddress(message.replyTo.name, message.replyTo.address)] as const]),
    ['Subject', headerText(message.subject)],
    ['Date', headerDate(message.date)],
    ...[
      ['Message-ID', message.messageId] as const,
      ...(message.inReplyTo === null
        ? []
        : [['In-Reply-To', message.inReplyTo] as const, ['References', message.inReplyTo] as const]),
      ...message.headers,
    ].map(([name, value]) => [name, headerText(value)] as const),
  ];
  return lines.map(([name, value]) => `${name}: ${value}\r\n`).join('');
}

const part = (contentType: string, lines: string): string =>
  `Content-Type: ${contentType}\r\nContent-Transfer-Encoding: base64\r\n\r\n${lines}`;

/** Base64 on both copies: quoted-printable would let gateways change line ends, and the copies must stay identical. */
function withCalendar(
  texts: readonly string[],
  { method, content }: CalendarPart,
  boundary: (part: string) => string,
): string {
  const lines = base64Lines(content);
  const name = method === 'CANCEL' ? 'cancel.ics' : 'invite.ics';
  const type = `text/calendar; charset=UTF-8; method=${method};\r\n component=VEVENT`;
  const attached = `application/ics; name=${name}\r\nContent-Disposition: attachment; filename=${name}`;
  const alternative = multipart('alternative', boundary('a'), [...texts, part(type, lines)]);
  return multipart('mixed', boundary('m'), [alternative, part(attached, lines)]);
}

function multipart(kind: 'mixed' | 'alternative', boundary: string, parts: readonly string[]): string {
  const inner = parts.map((one) => `--${boundary}\r\n${one}`).join('\r\n');
  return `Content-Type: multipart/${kind}; boundary="${boundary}"\r\n\r\n${inner}\r\n--${boundary}--\r\n`;
}
