import type { EntityManager } from 'typeorm';
import { authoriseReply, type ReplyTrust } from '#libs/domain/calendar/inbound/authorise-reply.js';
import {
  decideStatement,
  occurrencesMeant,
  refuseStatement,
  type Statement,
  type StatementDecision,
} from '#libs/domain/calendar/inbound/decide-statement.js';
import type { ItipMessage, StatedEvent } from '#libs/domain/calendar/inbound/itip-message.js';
import type { MailFacts } from '#libs/domain/calendar/inbound/mail-facts.js';
import { replyKeyOf } from '#libs/domain/calendar/inbound/reply-address.js';
import { withOneRespondent } from '#libs/domain/calendar/inbound/respondent.js';
import { isKnownUid, lockInvitedByAddress, type InvitedRow } from '#libs/persistence/inbound/load-invited.js';
import { recordAnswer, recordProposal } from '#libs/persistence/inbound/record-statement.js';
import { resendInvitation } from '#libs/persistence/inbound/resend-invitation.js';
import { plainOutcome, type MailOutcome, type WaitingMail } from './mail-outcome.js';

export interface ItipMail {
  readonly mail: WaitingMail;
  readonly facts: MailFacts;
  readonly message: ItipMessage;
  readonly trust: ReplyTrust;
  readonly now: Date;
}

interface Decided {
  readonly event: StatedEvent;
  readonly decision: StatementDecision;
  readonly invited: InvitedRow | null;
  readonly wake: readonly string[];
}

/** Which decision a mail with several events is told by, the most telling first. */
const RANK = ['apply', 'proposal', 'refresh', 'quarantine', 'ignore'] as const;

/** Decides about every event of an iTIP message and writes down what follows, in the transaction of `manager`. */
export async function decideItip(manager: EntityManager, itip: ItipMail): Promise<MailOutcome> {
  const decided: Decided[] = [];
  for (const event of itip.message.events) decided.push(...(await decideEvent(manager, itip, event)));
  const first = RANK.map((rank) => decided.find(({ decision }) => decision.outcome === rank)).find(Boolean);
  if (first === undefined) return plainOutcome('ignore', 'no event in the message');
  const { decision, invited } = first;
  return {
    outcome: decision.outcome,
    reason: 'reason' in decision ? decision.reason : null,
    detail: { method: itip.message.method, statements: decided.map(tell) },
    eventId: invited?.eventId ?? null,
    calendarObjectId: invited?.id ?? null,
    wake: decided.flatMap((one) => one.wake),
  };
}

async function decideEvent(manager: EntityManager, itip: ItipMail, stated: StatedEvent): Promise<Decided[]> {
  const { method } = itip.message;
  const event = method === 'REPLY' ? withOneRespondent(stated, itip.facts.from) : stated;
  const nobody = (decision: StatementDecision): Decided[] => [{ event, decision, invited: null, wake: [] }];
  const refused = refuseStatement(method, event);
  if (refused !== null) return nobody(refused);
  const ignored = (reason: string) => nobody({ outcome: 'ignore', reason });
  if (!(await isKnownUid(manager, event.uid))) return ignored('the UID is none of ours');
  const recipients = [...itip.mail.recipients, ...(event.organizer === null ? [] : [event.organizer])];
  const invited = await lockInvitedByAddress(manager, event.uid, respondents(itip, event, recipients));
  if (invited === null) return ignored('not on the guest list');
  const authorisation = itip.mail.vouched
    ? ({ granted: true, by: 'organizer' } as const)
    : authoriseReply(itip.facts, recipients, invited, itip.trust);
  const { date } = itip.facts;
  const times = { sentAt: date === null ? null : new Date(date), receivedAt: itip.mail.receivedAt };
  const meant =
    method === 'REPLY' && authorisation.granted ? occurrencesMeant(event, invited.series) : [event];
  const decided: Decided[] = [];
  for (const one of meant) {
    const statement = { method, event: one, ...times };
    const decision = decideStatement(statement, invited, authorisation);
    decided.push({
      event: one,
      decision,
      invited,
      wake: await carryOut(manager, itip, statement, invited, decision),
    });
  }
  return decided;
}

/**
 * Whose statement it can be. A proposal may list further attendees: then it is the writer's, or, when it came to the
 * address of an invitation, of any of them.
 */
function respondents(
  { facts, trust }: ItipMail,
  event: StatedEvent,
  recipients: readonly string[],
): string[] {
  const stated = event.attendees.flatMap((attendee) => attendee.addresses);
  if (event.attendees.length === 1) return stated;
  const written = stated.filter((address) => facts.from.includes(address));
  if (written.length > 0) return written;
  const keys = [...recipients, ...facts.deliveredTo, ...facts.to].map((one) =>
    replyKeyOf(one, trust.mailbox),
  );
  return keys.some(Boolean) ? stated : [];
}

async function carryOut(
  manager: EntityManager,
  { mail, now }: ItipMail,
  { event }: Statement,
  invited: InvitedRow,
  decision: StatementDecision,
): Promise<string[]> {
  const { sequence } = event;
  const record = { calendarObjectId: invited.id, inboundMailId: mail.id, sequence, now };
  if (decision.outcome === 'apply' && !decision.repeated) {
    const { instance, answer, comment, statedAt } = decision;
    await recordAnswer(manager, { ...record, instance, answer, comment, statedAt, channel: 'mail' });
  }
  if (decision.outcome === 'proposal') {
    const { instance, start, end, comment, statedAt } = decision;
    await recordProposal(manager, { ...record, instance, start, end, comment, statedAt });
  }
  if (decision.outcome !== 'refresh') return [];
  const notification = await resendInvitation(manager, invited.id, now);
  return notification === null ? [] : [notification];
}

/** What was said and what was decided about it in JSON, for the mail's log. */
function tell({ event, decision }: Decided): Record<string, unknown> {
  const attendee = event.attendees[0];
  const stated = {
    partstat: attendee?.partstat ?? null,
    attendee: attendee?.addresses[0] ?? null,
    sequence: event.sequence,
    comment: event.comment,
  };
  return Object.fromEntries(
    Object.entries({ stated, ...decision }).map(([key, value]) => [
      key,
      value instanceof Date ? value.toISOString() : value,
    ]),
  );
}
