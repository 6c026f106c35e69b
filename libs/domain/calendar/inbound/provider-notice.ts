import type { Complaint } from './complaint.js';
import { mailAddress, type DeliveryReport } from './delivery-report.js';
import type { MailFacts } from './mail-facts.js';
import { storableText } from './storable-text.js';

const PROVIDER = /@(?:[a-z0-9-]+\.)*amazonaws\.com$/;
const MAX_VALUE = 1000;
const MAX_RECIPIENTS = 100;

/** What became of a mail, as Amazon SES tells it in JSON by the mails of its notification service. */
export interface ProviderNotice {
  readonly reports: readonly DeliveryReport[];
  readonly complaint: Complaint | null;
}

/** Null for all other mails. */
export function readProviderNotice(facts: Pick<MailFacts, 'from' | 'text'>): ProviderNotice | null {
  const notice = PROVIDER.test(facts.from[0] ?? '') ? objectIn(facts.text) : null;
  const type = notice?.['notificationType'] ?? notice?.['eventType'];
  const bounce = fields(notice?.['bounce']);
  const complaint = fields(notice?.['complaint']);
  if (type === 'Bounce' && bounce !== null) {
    const isFinal = bounce['bounceType'] === 'Permanent';
    return {
      reports: entries(bounce['bouncedRecipients']).map((one) => reportOf(one, isFinal)),
      complaint: null,
    };
  }
  if (type === 'Complaint' && complaint !== null) {
    const [recipient] = entries(complaint['complainedRecipients']);
    const kind = complaint['complaintFeedbackType'] ?? 'abuse';
    const said = { recipient: mailAddress(text(recipient?.['emailAddress'])), wantsNoMore: kind === 'abuse' };
    return { reports: [], complaint: said };
  }
  return type === 'Delivery' ? { reports: [], complaint: null } : null;
}

function reportOf(entry: Fields, isFinal: boolean): DeliveryReport {
  const status = /^[245]\.\d{1,3}\.\d{1,3}$/.exec(text(entry['status']))?.[0];
  return {
    recipient: mailAddress(text(entry['emailAddress'])),
    originalRecipient: null,
    action: text(entry['action']).toLowerCase() === 'delayed' ? 'delayed' : 'failed',
    status: status ?? (isFinal ? '5.0.0' : '4.0.0'),
    diagnostic: storableText(text(entry['diagnosticCode']), MAX_VALUE),
    guessed: true,
  };
}

type Fields = Readonly<Record<string, unknown>>;

/** The object a text begins with; relays fold its one long line with an exclamation mark. */
function objectIn(body: string): Fields | null {
  const json = body.replace(/!\r?\n /g, '').split(/\r?\n--/)[0] ?? '';
  try {
    return fields(JSON.parse(json.replace(/\r?\n/g, ' ')));
  } catch {
    return null;
  }
}

function fields(value: unknown): Fields | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : null;
}

function entries(value: unknown): Fields[] {
  const list: unknown[] = Array.isArray(value) ? value : [];
  return list
    .slice(0, MAX_RECIPIENTS)
    .map(fields)
    .filter((one) => one !== null);
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
