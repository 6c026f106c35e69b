import {
  authoriseReply,
  type Authorisation,
  type ReplyTrust,
} from '#libs/domain/calendar/inbound/authorise-reply.js';
import {
  occurrencesMeant,
  refuseStatement,
  type StatementDecision,
} from '#libs/domain/calendar/inbound/decide-statement.js';
import type { ItipMessage, StatedEvent } from '#libs/domain/calendar/inbound/itip-message.js';
import type { MailFacts } from '#libs/domain/calendar/inbound/mail-facts.js';
import { replyKeyOf } from '#libs/domain/calendar/inbound/reply-address.js';
import { withOneRespondent } from '#libs/domain/calendar/inbound/respondent.js';
import type { Guest, GuestBook } from './guest-book.js';
import type { WaitingMail } from './mail-outcome.js';

export interface ItipMail {
  readonly mail: WaitingMail;
  readonly facts: MailFacts;
  readonly message: ItipMessage;
  readonly trust: ReplyTrust;
  readonly now: Date;
}

/** A statement about one occurrence: already refused, or of a guest and to be decided. */
export type Heard =
  | { readonly event: StatedEvent; readonly refused: StatementDecision }
  | { readonly event: StatedEvent; readonly guest: Guest; readonly authorisation: Authorisation };

/** Finds out whose statement an event of a mail is and which occurrences it means. Writes nothing. */
export async function hearStatement(itip: ItipMail, stated: StatedEvent, book: GuestBook): Promise<Heard[]> {
  const event = stated.method === 'REPLY' ? withOneRespondent(stated, itip.facts.from) : stated;
  const refuse = (refused: StatementDecision): Heard[] => [{ event, refused }];
  const refused = refuseStatement(event);
  if (refused !== null) return refuse(refused);
  if (!(await book.isKnown(event.uid)))
    return refuse({ outcome: 'ignore', reason: 'the UID is none of ours' });
  const recipients = [...itip.mail.recipients, ...(event.organizer === null ? [] : [event.organizer])];
  const guest = await guestOf(itip, event, recipients, book);
  if (guest === null) return refuse(notInvited(event));
  const authorisation = itip.mail.vouched
    ? ({ granted: true, by: 'organizer' } as const)
    : authoriseReply(itip.facts, recipients, guest.row, itip.trust);
  const meant =
    event.method === 'REPLY' && authorisation.granted ? occurrencesMeant(event, guest.row.series) : [event];
  return meant.map((one) => ({ event: one, guest, authorisation }));
}

/** A proposal that names nobody may still be a guest's. */
function notInvited(event: StatedEvent): StatementDecision {
  return event.attendees.length === 0
    ? { outcome: 'quarantine', reason: 'the proposal names no attendee' }
    : { outcome: 'ignore', reason: 'not on the guest list' };
}

/**
 * Whose statement it can be. A proposal may list further attendees: then it is the writer's, or, when it came to the
 * address of an invitation, of any of them. One that lists nobody (RFC 5546 §3.2.7) is of whose address it came to, else
 * the writer's.
 */
async function guestOf(
  { facts, trust }: ItipMail,
  { uid, attendees }: StatedEvent,
  recipients: readonly string[],
  book: GuestBook,
): Promise<Guest | null> {
  const keys = [...recipients, ...facts.deliveredTo, ...facts.to]
    .map((one) => replyKeyOf(one, trust.mailbox))
    .filter((key) => key !== null)
    .filter(Boolean);
  if (attendees.length === 0) return (await book.byKey(uid, keys)) ?? book.byAddress(uid, facts.from);
  const stated = attendees.flatMap((attendee) => attendee.addresses);
  if (attendees.length === 1) return book.byAddress(uid, stated);
  const written = stated.filter((address) => facts.from.includes(address));
  if (written.length > 0) return book.byAddress(uid, written);
  return keys.length > 0 ? book.byAddress(uid, stated) : null;
}
