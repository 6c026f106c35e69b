import { guessDeliveryReports, readDeliveryStatus, type DeliveryReport } from './delivery-report.js';
import type { ItipMessage } from './itip-message.js';
import { headerOf, type CalendarPart, type MailFacts } from './mail-facts.js';

/** What kind of mail came in, and what there is to decide about it. */
export type MailKind =
  | { readonly kind: 'delivery-report'; readonly reports: readonly DeliveryReport[] }
  | { readonly kind: 'complaint' }
  | { readonly kind: 'itip'; readonly message: ItipMessage; readonly methodParameter: string | null }
  | {
      readonly kind: 'unreadable';
      readonly fault: 'malformed' | 'too-large' | 'opaque';
      readonly reason: string;
    }
  | { readonly kind: 'automatic'; readonly reason: string }
  | { readonly kind: 'human' };

/**
 * Reports come first, because a returned message may carry our own calendar part; then calendar answers, which are
 * answers even when they call themselves auto-generated (every reply of Google Calendar does); then what a machine
 * sent (RFC 3834); what is left was written by a person.
 */
export function classifyMail(facts: MailFacts): MailKind {
  const report = deliveryReport(facts);
  if (report !== null) return report;
  if (facts.hasFeedbackReport || facts.reportType === 'feedback-report') return { kind: 'complaint' };
  if (facts.reportType === 'disposition-notification') return { kind: 'automatic', reason: 'read receipt' };
  const calendar = facts.calendars.find((part) => methodOf(part) !== '');
  if (calendar?.message) {
    const message = { ...calendar.message, method: methodOf(calendar) };
    return { kind: 'itip', message, methodParameter: calendar.methodParameter };
  }
  const broken = facts.calendars.find((part) => part.fault !== null);
  if (broken?.fault) return { kind: 'unreadable', fault: broken.fault, reason: broken.reason };
  const automatic = automaticReason(facts);
  if (automatic !== null) return { kind: 'automatic', reason: automatic };
  const opaque = facts.otherParts.find((type) => OPAQUE.has(type));
  if (opaque !== undefined) return { kind: 'unreadable', fault: 'opaque', reason: `Only ${opaque} inside` };
  return { kind: 'human' };
}

/** Exchange's TNEF and encrypted mail may hold an answer that we cannot see. */
const OPAQUE = new Set([
  'application/ms-tnef',
  'application/pkcs7-mime',
  'application/x-pkcs7-mime',
  'application/pgp-encrypted',
]);

/** The object's METHOD wins over the parameter, which gateways drop or set wrongly (RFC 6047 §2.4). */
function methodOf(part: CalendarPart): string {
  if (part.message === null) return '';
  return part.message.method || (part.methodParameter ?? '');
}

function deliveryReport(facts: MailFacts): MailKind | null {
  const reports = facts.deliveryStatus.flatMap(readDeliveryStatus);
  if (reports.length > 0) return { kind: 'delivery-report', reports };
  if (!isBounceProse(facts)) return null;
  const failed = headerOf(facts, 'x-failed-recipients') ?? '';
  return { kind: 'delivery-report', reports: guessDeliveryReports(facts.text, failed, facts.subject) };
}

const DAEMON = /^(?:mailer-daemon|mail-daemon|mailerdaemon)(?:@|$)/i;
const POSTMASTER = /^postmaster@/i;
const BOUNCE_SUBJECT =
  /undeliver|delivery (?:status notification|failure|has failed|failed)|failure notice|returned mail|mail (?:delivery )?fail|mail system error|退信|系统退信|投递失败/i;

/** A bounce in prose only: old MTAs and some large providers (qmail, Exim, Gmail until 2017, Mail.ru). */
function isBounceProse(facts: MailFacts): boolean {
  if (facts.reportType === 'delivery-status') return true;
  if (headerOf(facts, 'x-failed-recipients') !== null) return true;
  const from = facts.from[0] ?? '';
  if (DAEMON.test(from)) return true;
  const nobody = isNullPath(headerOf(facts, 'return-path'));
  return (
    (POSTMASTER.test(from) || nobody) && BOUNCE_SUBJECT.test(facts.subject) && facts.calendars.length === 0
  );
}

const AUTO_SUBJECT =
  /^\s*(?:(?:re|回复|答复)[:：]\s*)?(?:auto(?:matic|mated)?[ -]?(?:reply|response|answer)|out of (?:the )?office|vacation|abwesen|réponse automatique|respuesta automática|自动回复|自动答复|自動回覆|自动应答)/i;
const AUTO_FIELDS = [
  'x-autoreply',
  'x-autorespond',
  'x-autoresponder',
  'x-auto-response-suppress',
  'x-vacation',
];
const LIST_FIELDS = ['list-id', 'list-unsubscribe', 'list-post'];

/** Why a mail counts as sent by a machine, or null. Nothing of that kind is answered or forwarded. */
export function automaticReason(facts: Pick<MailFacts, 'headers' | 'subject'>): string | null {
  const submitted = headerOf(facts, 'auto-submitted');
  if (submitted !== null && !/^\s*no\b/i.test(submitted)) return `Auto-Submitted: ${submitted.slice(0, 60)}`;
  if (isNullPath(headerOf(facts, 'return-path'))) return 'empty return path';
  const precedence = headerOf(facts, 'precedence') ?? '';
  if (/bulk|list|junk|auto/i.test(precedence)) return `Precedence: ${precedence.slice(0, 60)}`;
  const field = [...AUTO_FIELDS, ...LIST_FIELDS].find((name) => headerOf(facts, name) !== null);
  if (field !== undefined) return field;
  if (/vacation/i.test(headerOf(facts, 'x-apple-action') ?? '')) return 'vacation';
  return AUTO_SUBJECT.test(facts.subject) ? 'subject of an automatic reply' : null;
}

function isNullPath(path: string | null): boolean {
  return path !== null && /^\s*<?\s*>?\s*$/.test(path);
}
