import type { Answer } from '#libs/domain/calendar/inbound/decide-statement.js';
import type { CalendarInvitation } from '#libs/domain/calendar/invitation.js';
import { validateItip } from '#libs/domain/calendar/validate-itip.js';
import { writeInvitation } from '#libs/domain/calendar/write-invitation.js';
import { fromStoredInvitation, type StoredInvitation } from '#libs/domain/notifications/stored-invitation.js';
import { MailNotWritableError } from './outgoing-notification.js';

export interface CalendarPartOptions {
  /** Where the attendee's calendar answers to; From is the same mailbox or of the same domain (RFC 6047 §2.3). */
  readonly organizerAddress: string;
  /** Answers are read: the attendee's program offers to send one. */
  readonly asksForReply: boolean;
  /** What the attendee said and what still holds: a message that changes no time does not ask anew (RFC 6638 §3.2.8). */
  readonly answer: Answer | null;
  /** The absolute page of the event. */
  readonly url: string;
}

/**
 * The bytes of the calendar part, checked before they leave.
 * @throws MailNotWritableError naming the broken rules
 */
export function writeCalendarPart(stored: StoredInvitation, options: CalendarPartOptions): Buffer {
  const kept = fromStoredInvitation(stored);
  const { organizerAddress, asksForReply, answer, url } = options;
  // A delegation names who comes instead, which is not kept.
  const partstat = answer === 'DELEGATED' ? null : answer;
  const invitation: CalendarInvitation = {
    ...kept,
    organizer: { ...kept.organizer, email: organizerAddress },
    attendees: kept.attendees.map((attendee) => ({
      ...attendee,
      rsvp: asksForReply,
      ...(partstat && { partstat }),
    })),
    url,
    description: [kept.description, url].filter((part) => part !== '').join('\n\n'),
  };
  const bytes = Buffer.from(writeInvitation(invitation), 'utf8');
  const violations = validateItip(bytes);
  if (violations.length > 0) {
    const rules = violations.map(({ rule, message }) => `${rule} (${message})`).join('; ');
    throw new MailNotWritableError(`The calendar part breaks rules: ${rules}`);
  }
  return bytes;
}
