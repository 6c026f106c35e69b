import { mailAddress } from './delivery-report.js';
import { headerOf, type MailFacts } from './mail-facts.js';

export interface Complaint {
  /** Lower case; '' when nothing tells. */
  readonly recipient: string;
  /** The recipient wants no more of it: abuse or opting out, and not what a server found (fraud, a virus, a signature). */
  readonly wantsNoMore: boolean;
}

const WANTS_NO_MORE = ['abuse', 'opt-out', 'opt-out-list'];

/**
 * What a recipient complains about: reports of RFC 5965, those of Microsoft's junk mail programme, which have no part
 * for machines, and what Apple's mail sends to a sender that is to be left. Null for all other mails.
 */
export function readComplaint(facts: MailFacts): Complaint | null {
  if (isFeedback(facts)) {
    return {
      recipient: complainedRecipient(facts),
      wantsNoMore: WANTS_NO_MORE.includes(feedbackType(facts)),
    };
  }
  const [recipient] = fieldValues(facts, 'x-hmxmroriginalrecipient:');
  if (recipient !== undefined) return { recipient: mailAddress(recipient), wantsNoMore: true };
  if (/^\s*true\b/i.test(headerOf(facts, 'x-apple-unsubscribe') ?? ''))
    return { recipient: facts.from[0] ?? '', wantsNoMore: true };
  return null;
}

/** A report that a mail was taken for spam and is none (RFC 6430). */
export function isPraise(facts: MailFacts): boolean {
  return isFeedback(facts) && feedbackType(facts) === 'not-spam';
}

/** Mailboxes that a domain keeps for those who run it (RFC 2142 §4 and §5, RFC 5321 §4.5.1). */
const RUNS_THE_DOMAIN = new Set(['abuse', 'postmaster']);

/**
 * Whether a proved sender speaks for an address, so that its complaint counts although it names no mail of ours: the
 * address itself, or who runs its domain. Another mailbox of the domain does not, since providers give those to anybody,
 * and nothing else tells a feedback loop from somebody who writes such reports.
 */
export function speaksFor(sender: string | null, recipient: string): boolean {
  if (sender === null || recipient === '') return false;
  const [local, domain] = halves(sender);
  return sender === recipient || (RUNS_THE_DOMAIN.has(local) && domain === halves(recipient)[1]);
}

const halves = (address: string): [string, string] => {
  const at = address.lastIndexOf('@');
  return [address.slice(0, at), address.slice(at + 1)];
};

function isFeedback(facts: MailFacts): boolean {
  return facts.feedbackReports.length > 0 || facts.reportType === 'feedback-report';
}

function feedbackType(facts: MailFacts): string {
  const [type = ''] = fieldValues({ ...facts, returnedHeader: '' }, 'feedback-type:');
  return type.trim().toLowerCase();
}

/** Of the report (RFC 5965 §3.2), else of the mail it returns; '' when neither tells. */
function complainedRecipient(facts: MailFacts): string {
  for (const name of ['original-rcpt-to:', 'removal-recipient:', 'to:']) {
    const [value] = fieldValues(facts, name);
    const address = value === undefined ? '' : mailAddress(value);
    if (address !== '') return address;
  }
  return '';
}

function fieldValues(facts: Pick<MailFacts, 'feedbackReports' | 'returnedHeader'>, name: string): string[] {
  return [...facts.feedbackReports, facts.returnedHeader]
    .flatMap((text) => text.split(/\r?\n/))
    .filter((line) => line.slice(0, name.length).toLowerCase() === name)
    .map((line) => line.slice(name.length));
}
