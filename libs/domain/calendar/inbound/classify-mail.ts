import { automaticReason } from './automatic-mail.js';
import { guessDeliveryReports, isBounceProse } from './bounce-prose.js';
import { calendarMessage } from './calendar-parts.js';
import { isPraise, readComplaint, type Complaint } from './complaint.js';
import { mailAddress, readDeliveryStatus, type DeliveryReport } from './delivery-report.js';
import type { ItipMessage } from './itip-message.js';
import { headerOf, type MailFacts } from './mail-facts.js';
import { readProviderNotice } from './provider-notice.js';

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
  const report = deliveryReport(facts) ?? providerNotice(facts);
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
  if (reports.length > 0)
    return { kind: 'delivery-report', reports: reports.map((one) => named(one, facts)) };
  if (!isBounceProse(facts)) return null;
  return { kind: 'delivery-report', reports: guessDeliveryReports(facts) };
}

/** Some servers name a file or a mailbox of their own where the address belongs, and the address in the header. */
function named(report: DeliveryReport, facts: MailFacts): DeliveryReport {
  if (report.recipient !== '') return report;
  return { ...report, recipient: mailAddress(headerOf(facts, 'x-failed-recipients') ?? '') };
}

function providerNotice(facts: MailFacts): MailKind | null {
  const notice = readProviderNotice(facts);
  if (notice === null) return null;
  if (notice.complaint !== null) return { kind: 'complaint', ...notice.complaint };
  if (notice.reports.length > 0) return { kind: 'delivery-report', reports: notice.reports };
  return { kind: 'automatic', reason: 'report of success' };
}
