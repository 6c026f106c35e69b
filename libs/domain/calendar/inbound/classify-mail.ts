import { automaticReason, isNullPath } from './automatic-mail.js';
import { calendarMessage } from './calendar-parts.js';
import { isPraise, readComplaint, type Complaint } from './complaint.js';
import { guessDeliveryReports, readDeliveryStatus, type DeliveryReport } from './delivery-report.js';
import type { ItipMessage } from './itip-message.js';
import { headerOf, type MailFacts } from './mail-facts.js';

/** What kind of mail came in, and what there is to decide about it. */
export type MailKind =
  | { readonly kind: 'delivery-report'; readonly reports: readonly DeliveryReport[] }
  | ({ readonly kind: 'complaint' } & Complaint)
  | { readonly kind: 'itip'; readonly message: ItipMessage }
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
  if (isPraise(facts)) return { kind: 'automatic', reason: 'report that a mail is no spam' };
  const complaint = readComplaint(facts);
  if (complaint !== null) return { kind: 'complaint', ...complaint };
  if (
    facts.reportType === 'disposition-notification' ||
    facts.otherParts.some((type) => RECEIPTS.has(type))
  ) {
    return { kind: 'automatic', reason: 'read receipt' };
  }
  const message = calendarMessage(facts.calendars);
  if (message !== null) return { kind: 'itip', message };
  const broken = facts.calendars.find((part) => part.fault !== null);
  if (broken?.fault) return { kind: 'unreadable', fault: broken.fault, reason: broken.reason };
  const automatic = automaticReason(facts);
  if (automatic !== null) return { kind: 'automatic', reason: automatic };
  const opaque = facts.otherParts.find((type) => OPAQUE.has(type));
  if (opaque !== undefined) return { kind: 'unreadable', fault: 'opaque', reason: `Only ${opaque} inside` };
  return { kind: 'human' };
}

/** RFC 8098, RFC 6533. */
const RECEIPTS = new Set(['message/disposition-notification', 'message/global-disposition-notification']);

/** Exchange's TNEF and encrypted mail may hold an answer that we cannot see. */
const OPAQUE = new Set([
  'application/ms-tnef',
  'application/vnd.ms-tnef',
  'application/pkcs7-mime',
  'application/x-pkcs7-mime',
  'application/pgp-encrypted',
]);

function deliveryReport(facts: MailFacts): MailKind | null {
  const reports = facts.deliveryStatus.flatMap(readDeliveryStatus);
  if (reports.length > 0) return { kind: 'delivery-report', reports };
  if (!isBounceProse(facts)) return null;
  const failed = headerOf(facts, 'x-failed-recipients') ?? '';
  return { kind: 'delivery-report', reports: guessDeliveryReports(facts.text, failed, facts.subject) };
}

const DAEMON = /^(?:mailer-daemon|mail-daemon|mailerdaemon)(?:@|$)/i;
const POSTMASTER = /^postmaster@/i;
const SERVER_NAME =
  /mailer.?daemon|mail delivery (?:sub)?system|system administrator|^postmaster$|系统管理员|邮件系统/i;
const BOUNCE_SUBJECT =
  /undeliver|non-?deliver|not (?:be )?delivered|could not send|delivery (?:status notification|failure|has failed|failed)|failure notice|returned mail|could not be delivered|mail (?:delivery )?fail|mail system error|退信|退回|被退|投递失败|无法投递|未送达|未能送达|发送失败|发信失败|無法(?:傳遞|投遞)|未傳遞|unzustellbar|nicht zugestellt|non remis|non délivr|échec de (?:la )?(?:remise|distribution)|no se (?:puede|pudo|ha podido) entregar|no entregado|mancat[ao] (?:recapito|consegna)|(?:配信|配達|送信)(?:不能|できません|に失敗)|配信エラー/i;

/** A bounce in prose only: old MTAs and some large providers (qmail, Exim, Gmail until 2017, Mail.ru). */
function isBounceProse(facts: MailFacts): boolean {
  if (facts.reportType === 'delivery-status') return true;
  if (headerOf(facts, 'x-failed-recipients') !== null) return true;
  const from = facts.from[0] ?? '';
  if (DAEMON.test(from)) return true;
  if (!BOUNCE_SUBJECT.test(facts.subject) || facts.calendars.length > 0) return false;
  if (from === '' || POSTMASTER.test(from) || SERVER_NAME.test(facts.fromName)) return true;
  return isNullPath(headerOf(facts, 'return-path'));
}
