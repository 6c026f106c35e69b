import { isFromAuthenticated } from './authentication-results.js';
import type { MailFacts } from './mail-facts.js';
import { replyKeyOf } from './reply-address.js';

export interface ReplyTrust {
  /** The mailbox that answers go to. */
  readonly mailbox: string;
  /** authserv-ids of our own mail servers. */
  readonly authservIds: readonly string[];
  /** Who sent the mail, where the way in vouches for it (an authenticated submission); else null. */
  readonly authenticatedSender: string | null;
}

export type Authorisation =
  | { readonly granted: true; readonly by: 'key' | 'sender' | 'organizer' }
  | { readonly granted: false; readonly reason: string };

/**
 * Whether a mail speaks for an attendee (RFC 6047 §2.2.1: an organizer must ignore a reply that is not the
 * respondent's). It does when it went to the invitation's own reply address, or when its one From address is the
 * attendee's and was authenticated. A key of another invitation refuses whatever else is right about the mail.
 * `recipients`: envelope recipients and ORGANIZER of the reply.
 */
export function authoriseReply(
  facts: Pick<MailFacts, 'from' | 'to' | 'deliveredTo' | 'headers'>,
  recipients: readonly string[],
  attendee: { readonly addresses: readonly string[]; readonly replyKey: string },
  trust: ReplyTrust,
): Authorisation {
  const keys = [...recipients, ...facts.deliveredTo, ...facts.to]
    .map((address) => replyKeyOf(address, trust.mailbox))
    .filter((key) => key !== null && key !== '');
  if (keys.includes(attendee.replyKey.toLowerCase())) return { granted: true, by: 'key' };
  if (keys.length > 0) return { granted: false, reason: 'the reply address belongs to another invitation' };
  const [from] = facts.from;
  if (from === undefined || facts.from.length > 1) return { granted: false, reason: 'not one From address' };
  if (!attendee.addresses.includes(from)) return { granted: false, reason: 'From is not the attendee' };
  if (provedSender(facts, trust) === from) return { granted: true, by: 'sender' };
  return { granted: false, reason: 'From is not authenticated by our own mail server' };
}

/** The one From address (lower case) of a mail, where the way in or our own mail server vouches for it; else null. */
export function provedSender(facts: Pick<MailFacts, 'from' | 'headers'>, trust: ReplyTrust): string | null {
  const [from] = facts.from;
  if (from === undefined || facts.from.length > 1) return null;
  if (trust.authenticatedSender?.toLowerCase() === from) return from;
  const fields = facts.headers
    .filter(([name]) => name === 'authentication-results')
    .map(([, value]) => value);
  return isFromAuthenticated(from, fields, trust.authservIds) ? from : null;
}
