import type { EntityManager } from 'typeorm';
import { provedSender, type ReplyTrust } from '#libs/domain/calendar/inbound/authorise-reply.js';
import { classifyMail } from '#libs/domain/calendar/inbound/classify-mail.js';
import { speaksFor } from '#libs/domain/calendar/inbound/complaint.js';
import type { DeliveryReport } from '#libs/domain/calendar/inbound/delivery-report.js';
import type { MailFacts } from '#libs/domain/calendar/inbound/mail-facts.js';
import { replyKeyOf } from '#libs/domain/calendar/inbound/reply-address.js';
import { storableText } from '#libs/domain/calendar/inbound/storable-text.js';
import { findConcerned } from '#libs/persistence/inbound/find-concerned.js';
import { forwardMail } from '#libs/persistence/inbound/forward-mail.js';
import { recordComplaint, recordReports } from '#libs/persistence/inbound/record-reports.js';
import { decideItip } from './decide-itip.js';
import { plainOutcome, type MailOutcome, type WaitingMail } from './mail-outcome.js';

/** What a mail leads to, written in the transaction of `manager`. */
export async function decideMail(
  manager: EntityManager,
  mail: WaitingMail,
  facts: MailFacts,
  trust: ReplyTrust,
  now: Date,
): Promise<MailOutcome> {
  const found = classifyMail(withReturnPath(facts, mail.envelopeFrom));
  switch (found.kind) {
    case 'itip':
      return decideItip(manager, { mail, facts, message: found.message, trust, now });
    case 'delivery-report':
      await recordReports(manager, found.reports, reportSource(mail, facts, now));
      return reportOutcome(found.reports);
    case 'complaint': {
      const proved = speaksFor(provedSender(facts, trust), found.recipient);
      await recordComplaint(manager, { ...found, proved }, reportSource(mail, facts, now));
      return plainOutcome('complaint', null);
    }
    case 'unreadable':
      return plainOutcome(found.fault === 'malformed' ? 'ignore' : 'quarantine', found.reason);
    case 'automatic':
      return plainOutcome('ignore', found.reason);
    case 'human':
      return forward(manager, mail, facts, trust);
  }
}

/** Mail servers that hand over by LMTP leave the Return-Path field to who takes the mail (RFC 5321 §4.4). */
function withReturnPath(facts: MailFacts, envelopeFrom: string | null): MailFacts {
  if (envelopeFrom === null) return facts;
  return { ...facts, headers: [['return-path', `<${envelopeFrom}>`], ...facts.headers] };
}

/** Where a report may name the mail it is about: the returned header, and the return path it came to. */
function reportSource(mail: WaitingMail, facts: MailFacts, now: Date) {
  const returned = [...facts.returnedHeader.matchAll(/^message-id:\s*<([^<>@\s]+)@/gim)].map(
    (match) => match[1] ?? '',
  );
  const answered = facts.answers.map((id) => id.split('@')[0] ?? '');
  const tokens = [...mail.recipients, ...facts.deliveredTo, ...facts.to].map(
    (address) => /\+([^@]+)@/.exec(address)?.[1] ?? '',
  );
  const references = [...returned, ...answered, ...tokens].filter((reference) => reference !== '');
  return { inboundMailId: mail.id, references, now };
}

/** A failure weighs more than a delay; prose that only warns is kept as a failure to look at. */
function reportOutcome(reports: readonly DeliveryReport[]): MailOutcome {
  const told =
    reports.find((report) => report.action === 'failed') ?? reports.find((r) => r.action === 'delayed');
  if (told === undefined) return plainOutcome('ignore', 'report of success');
  const outcome = told.action === 'failed' || told.guessed ? 'bounce' : 'delay';
  return { ...plainOutcome(outcome, told.diagnostic || null), detail: { reports } };
}

/** A person's words go to those who run the event, when they were written to us. */
async function forward(
  manager: EntityManager,
  mail: WaitingMail,
  facts: MailFacts,
  trust: ReplyTrust,
): Promise<MailOutcome> {
  const keys = [...mail.recipients, ...facts.deliveredTo, ...facts.to]
    .map((address) => replyKeyOf(address, trust.mailbox))
    .filter((key) => key !== null);
  if (keys.length === 0) return plainOutcome('ignore', 'not written to us');
  const from = facts.from[0] ?? '';
  const concerned = await findConcerned(manager, { keys, answers: facts.answers, from });
  const wake = await forwardMail(manager, {
    inboundMailId: mail.id,
    from,
    fromName: facts.fromName,
    subject: facts.subject,
    text: facts.text,
    eventId: concerned?.eventId ?? null,
  });
  return {
    outcome: 'forward',
    reason: null,
    detail: { text: storableText(facts.text, 8000) },
    eventId: concerned?.eventId ?? null,
    calendarObjectId: concerned?.calendarObjectId ?? null,
    wake,
  };
}
