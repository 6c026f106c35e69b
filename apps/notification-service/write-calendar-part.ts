import type { CalendarInvitation } from '#libs/domain/calendar/invitation.js';
import { validateItip } from '#libs/domain/calendar/validate-itip.js';
import { writeInvitation } from '#libs/domain/calendar/write-invitation.js';
import { fromStoredInvitation, type StoredInvitation } from '#libs/domain/notifications/stored-invitation.js';
import { MailNotWritableError } from './outgoing-notification.js';

/**
 * The bytes of the calendar part, checked before they leave. `organizerAddress` is the configured sender: ORGANIZER
 * and From are the same mailbox (RFC 6047 §2.3). `url` is the absolute page of the event.
 * @throws MailNotWritableError naming the broken rules
 */
export function writeCalendarPart(stored: StoredInvitation, organizerAddress: string, url: string): Buffer {
  const kept = fromStoredInvitation(stored);
  const invitation: CalendarInvitation = {
    ...kept,
    organizer: { ...kept.organizer, email: organizerAddress },
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
