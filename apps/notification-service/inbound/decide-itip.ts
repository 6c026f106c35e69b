import type { EntityManager } from 'typeorm';
import {
  decideStatement,
  type KnownAnswer,
  type StatementDecision,
} from '#libs/domain/calendar/inbound/decide-statement.js';
import type { StatedEvent } from '#libs/domain/calendar/inbound/itip-message.js';
import { eventOfUids } from '#libs/persistence/inbound/load-invited.js';
import {
  recordAnswers,
  recordProposals,
  type AnswerRecord,
  type ProposalRecord,
} from '#libs/persistence/inbound/record-statement.js';
import { resendInvitation } from '#libs/persistence/inbound/resend-invitation.js';
import { GuestBook, type Guest } from './guest-book.js';
import { hearStatement, type Heard, type ItipMail } from './hear-statement.js';
import { plainOutcome, type MailOutcome } from './mail-outcome.js';

interface Decided {
  readonly event: StatedEvent;
  readonly decision: StatementDecision;
  readonly guest: Guest | null;
}

/** Which decision a mail with several events is told by, the most telling first. */
const RANK = ['apply', 'proposal', 'refresh', 'quarantine', 'ignore'] as const;

/** So many statements about occurrences are taken from one mail; no client sends as many. */
const MAX_STATEMENTS = 1000;

/** Decides about every event of an iTIP message and writes down what follows, in the transaction of `manager`. */
export async function decideItip(manager: EntityManager, itip: ItipMail): Promise<MailOutcome> {
  const heard = await hearAll(manager, itip);
  if (heard === null)
    return {
      ...plainOutcome('quarantine', 'too many statements in one mail'),
      eventId: await eventNamed(manager, itip),
    };
  const decided = heard.map((one) => decideHeard(itip, one));
  const wake = await carryOut(manager, itip, decided);
  const first = RANK.map((rank) => decided.find(({ decision }) => decision.outcome === rank)).find(Boolean);
  if (first === undefined) return plainOutcome('ignore', 'no event in the message');
  const { decision, guest } = first;
  return {
    outcome: decision.outcome,
    reason: 'reason' in decision ? decision.reason : null,
    detail: { method: first.event.method, statements: decided.map(tell) },
    eventId:
      guest?.row.eventId ?? (decision.outcome === 'quarantine' ? await eventNamed(manager, itip) : null),
    calendarObjectId: guest?.row.id ?? null,
    wake,
  };
}

/** Where its organizers find a mail that nobody could decide; null when it speaks of several of our events or of none. */
function eventNamed(manager: EntityManager, { message }: ItipMail): Promise<string | null> {
  return eventOfUids(manager, [...new Set(message.events.map(({ uid }) => uid))]);
}

/** null when there are too many: then none of them counts. */
async function hearAll(manager: EntityManager, itip: ItipMail): Promise<Heard[] | null> {
  const { events } = itip.message;
  if (events.length > MAX_STATEMENTS) return null;
  const book = new GuestBook(manager);
  const heard: Heard[] = [];
  for (const event of events) {
    heard.push(...(await hearStatement(itip, event, book)));
    if (heard.length > MAX_STATEMENTS) return null;
  }
  return heard;
}

/** Each statement is decided upon what those before it have changed. */
function decideHeard({ facts, mail }: ItipMail, heard: Heard): Decided {
  const { event } = heard;
  if ('refused' in heard) return { event, decision: heard.refused, guest: null };
  const { guest, authorisation } = heard;
  const sentAt = facts.date === null ? null : new Date(facts.date);
  const statement = { event, sentAt, receivedAt: mail.receivedAt };
  const decision = decideStatement(statement, { ...guest.row, answers: guest.answers }, authorisation);
  if (decision.outcome === 'apply' && !decision.repeated) {
    const { instance, answer, comment, statedAt } = decision;
    const said: KnownAnswer = { instance, answer, comment, statedAt, sequence: event.sequence };
    const others = guest.answers.filter((one) => one.instance?.getTime() !== instance?.getTime());
    guest.answers = [...others, said];
  }
  return { event, decision, guest };
}

/** Returns notifications that may leave. */
async function carryOut(
  manager: EntityManager,
  { mail, now }: ItipMail,
  decided: readonly Decided[],
): Promise<string[]> {
  const answers: AnswerRecord[] = [];
  const proposals: ProposalRecord[] = [];
  const again = new Set<string>();
  for (const { event, decision, guest } of decided) {
    if (guest === null) continue;
    const calendarObjectId = guest.row.id;
    const record = { calendarObjectId, inboundMailId: mail.id, sequence: event.sequence, now };
    if (decision.outcome === 'apply' && !decision.repeated) {
      const { instance, answer, comment, statedAt } = decision;
      answers.push({ ...record, instance, answer, comment, statedAt, channel: 'mail' });
    } else if (decision.outcome === 'proposal') {
      const { instance, start, end, comment, statedAt } = decision;
      proposals.push({ ...record, instance, start, end, comment, statedAt });
    } else if (decision.outcome === 'refresh') again.add(calendarObjectId);
  }
  await recordAnswers(manager, answers);
  await recordProposals(manager, proposals);
  const sent: string[] = [];
  for (const id of again) {
    const notification = await resendInvitation(manager, id, now);
    if (notification !== null) sent.push(notification);
  }
  return sent;
}

/** What was said and what was decided about it in JSON, for the mail's log. */
function tell({ event, decision }: Decided): Record<string, unknown> {
  const attendee = event.attendees[0];
  const stated = {
    method: event.method,
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
