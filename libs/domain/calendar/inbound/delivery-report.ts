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

/**
 * What a failure says. `address`: there is no such mailbox. `mailbox-full`. `throttle`: the sending host or domain is
 * held back, by rate limits or by checks of its domain. `policy`: the message was refused. `transient`: 4.x.x.
 */
export type BounceClass = 'address' | 'mailbox-full' | 'throttle' | 'policy' | 'transient' | 'unknown';

const ACTIONS = ['failed', 'delayed', 'delivered', 'relayed', 'expanded'] as const;
const MAX_RECIPIENTS = 100;
const ADDRESS = /[^\s<>"'(),:;[\]]+@[\p{L}\p{N}.-]*[\p{L}\p{N}]/u;
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
    const status = /\b[245]\.\d{1,3}\.\d{1,3}\b/.exec(fields.get('status') ?? '')?.[0] ?? '';
    const action = fields.get('action')?.toLowerCase().split(/\s/)[0];
    reports.push({
      recipient: mailAddress(recipient ?? ''),
      originalRecipient: fields.has('original-recipient')
        ? mailAddress(fields.get('original-recipient') ?? '')
        : null,
      action: ACTIONS.find((known) => known === action) ?? (status.startsWith('4') ? 'delayed' : 'failed'),
      status,
      diagnostic: fields.get('diagnostic-code') ?? '',
      guessed: false,
    });
  }
  return reports;
}

/** The address in a field such as `rfc822; <a@b.example>`, lower case; '' when there is none. */
export function mailAddress(field: string): string {
  return (ADDRESS.exec(field.slice(field.indexOf(';') + 1).slice(0, MAX_VALUE))?.[0] ?? '').toLowerCase();
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

// Chinese providers answer 550 when they throttle or could not check the domain ("550 Ip frequency limited",
// "550 DMARC check failed" of QQ Mail): nothing is wrong with the address.
const THROTTLED =
  /frequen|rate.?limit|too many|throttl|greylist|try again|lost connection|dmarc check failed|spf check failed|频率|频繁|限制|暂时挂起|\bMI:(?:CEL|DMC|CCL|SFQ|STC|FTL|IPB|IMF)\b|\bRP:(?:RCL|QRC|CEL|DRC|TRC)\b/i;
const HOPS = /too many hops/i;
const NOBODY =
  /unknown (?:user|recipient|mailbox)|(?:user|recipient|mailbox) (?:is )?unknown|no such (?:user|recipient|mailbox)|(?:user|recipient|mailbox|address) not (?:found|exist)|does(?: not|n't) exist|address rejected|invalid (?:user|recipient|mailbox)|不存在/i;

export function classifyBounce({
  status,
  diagnostic,
}: Pick<DeliveryReport, 'status' | 'diagnostic'>): BounceClass {
  if (THROTTLED.test(diagnostic) && !HOPS.test(diagnostic)) return 'throttle';
  if (/^[45]\.4\.2$|^4\.7\./.test(status)) return 'throttle';
  if (/^[45]\.2\.2$/.test(status) || /mailbox (is )?full|over ?quota|quota exceeded/i.test(diagnostic))
    return 'mailbox-full';
  if (status.startsWith('4')) return 'transient';
  if (/^5\.1\.(?:[0-36]|10|351)$|^5\.2\.1$/.test(status)) return 'address';
  if (NOBODY.test(diagnostic)) return 'address';
  if (/^5\.[67]\./.test(status)) return 'policy';
  return 'unknown';
}

/** Whether the failure is final for this message: status class 5 and not a matter of rates. */
export function isPermanent(report: DeliveryReport): boolean {
  if (report.action !== 'failed') return false;
  return report.status.startsWith('5') && classifyBounce(report) !== 'throttle';
}
