import { statusIn } from './classify-bounce.js';
import { storableText } from './storable-text.js';

/** What a report says about one recipient (RFC 3464 §2.3). */
export interface DeliveryReport {
  /** Lower case; '' when the report names nobody. */
  readonly recipient: string;
  readonly originalRecipient: string | null;
  readonly action: 'failed' | 'delayed' | 'delivered' | 'relayed' | 'expanded';
  /** Enhanced status code (RFC 3463), or '' when none is told. */
  readonly status: string;
  readonly diagnostic: string;
  /** Read out of prose, not out of a machine-readable part. */
  readonly guessed: boolean;
}

const ACTIONS = ['failed', 'delayed', 'delivered', 'relayed', 'expanded'] as const;
const MAX_RECIPIENTS = 100;
/** Apostrophes stand in local parts, and around whole addresses (RFC 5322 §3.2.3, RFC 5321 §4.1.2 and §4.1.3). */
const ADDRESS =
  /(?:"(?:[^"\\]|\\.)+"|[^\s<>"'(),:;[\]][^\s<>"(),:;[\]]*)@(?:\[[^\s<>[\]]+\]|[\p{L}\p{N}.-]*[\p{L}\p{N}])/u;
/** Longer values are cut before anything is looked for in them. */
const MAX_VALUE = 1000;

/** The reports of a message/delivery-status part: groups of fields, the first about the message. */
export function readDeliveryStatus(text: string): DeliveryReport[] {
  const groups = text
    .replace(/\r\n?/g, '\n')
    .replace(/^[ \t]+$/gm, '')
    .replace(/\n[ \t]+/g, ' ')
    .split(/\n{2,}/);
  const reports: DeliveryReport[] = [];
  for (const group of groups.slice(0, MAX_RECIPIENTS + 1)) {
    const fields = new Map<string, string>();
    for (const line of group.split('\n')) {
      const colon = line.indexOf(':');
      const name = line.slice(0, colon).trim().toLowerCase();
      if (colon > 0 && !fields.has(name))
        fields.set(name, storableText(line.slice(colon + 1).trim(), MAX_VALUE));
    }
    const recipient = fields.get('final-recipient') ?? fields.get('original-recipient');
    if (recipient === undefined && !fields.has('action')) continue;
    const diagnostic = fields.get('diagnostic-code') ?? '';
    const status =
      /\b[245]\.\d{1,3}\.\d{1,3}\b/.exec(fields.get('status') ?? '')?.[0] ?? statusIn(diagnostic);
    const action = fields.get('action')?.toLowerCase().split(/\s/)[0];
    reports.push({
      recipient: mailAddress(recipient ?? ''),
      originalRecipient: fields.has('original-recipient')
        ? mailAddress(fields.get('original-recipient') ?? '')
        : null,
      action: ACTIONS.find((known) => known === action) ?? actionOf(status),
      status,
      diagnostic,
      guessed: false,
    });
  }
  return reports;
}

/** What the class of a status says where no known Action does (RFC 3463 §3.1). */
function actionOf(status: string): DeliveryReport['action'] {
  if (status.startsWith('2')) return 'delivered';
  return status.startsWith('4') ? 'delayed' : 'failed';
}

/** The address in a field such as `rfc822; <a@b.example>`, lower case; '' when there is none. */
export function mailAddress(field: string): string {
  const value = field.slice(0, MAX_VALUE);
  const text = value.slice(value.indexOf(';') + 1);
  const found = ADDRESS.exec(/^\s*utf-8\s*;/i.test(value) ? withoutEscapes(text) : text)?.[0] ?? '';
  return found.toLowerCase();
}

/** Characters beyond ASCII that a seven-bit report writes as `\x{7528}` (RFC 6533 §3). */
function withoutEscapes(text: string): string {
  return text.replace(/\\x\{([0-9a-f]{2,6})\}/gi, (escape, hex: string) => {
    const point = Number.parseInt(hex, 16);
    const isText = point > 0x9f && point <= 0x10ffff && (point < 0xd800 || point > 0xdfff);
    return isText ? String.fromCodePoint(point) : escape;
  });
}

const DELAYED = /delayed|not yet been delivered|will be retried|warning:|延迟/i;

/**
 * What a bounce without a machine-readable part says: recipients of X-Failed-Recipients, else the first address in the
 * prose before the returned message; status codes where the prose quotes them.
 */
export function guessDeliveryReports(
  text: string,
  failedRecipients: string,
  subject: string,
): DeliveryReport[] {
  const prose =
    text.slice(0, 8000).split(/^-{2,}.*(?:copy of|original|below this line|原始邮件).*$/im)[0] ?? '';
  const status = /(?:#|\b)([45]\.\d{1,3}\.\d{1,3})\b/.exec(prose)?.[1] ?? '';
  const named = failedRecipients.split(',').map(mailAddress).filter(Boolean);
  const recipients = named.length > 0 ? named : [addressInProse(prose)];
  const action = DELAYED.test(subject) ? 'delayed' : 'failed';
  const diagnostic = storableText(/\b[45]\d\d[ -].*$/m.exec(prose)?.[0] ?? '', MAX_VALUE);
  return recipients.slice(0, MAX_RECIPIENTS).map((recipient) => ({
    recipient,
    originalRecipient: null,
    action,
    status,
    diagnostic,
    guessed: true,
  }));
}

const PROSE_ADDRESS = /[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9.-]{1,250}[A-Za-z0-9]/g;

/** An address on a line of its own, else the first one that is no mail server's; '' when there is none. */
function addressInProse(prose: string): string {
  const own = prose
    .split('\n')
    .map((line) =>
      line
        .trim()
        .replace(/:$/, '')
        .replace(/^<(.*)>$/, '$1'),
    )
    .find((line) => line.length <= 320 && line.replace(PROSE_ADDRESS, '') === '' && line !== '');
  const first = [...prose.matchAll(PROSE_ADDRESS)].find(
    ([found]) => !/^(?:postmaster|mailer-daemon)@/i.test(found),
  );
  return (own ?? first?.[0] ?? '').toLowerCase();
}
