import { simpleParser, type AddressObject, type ParsedMail } from 'mailparser';
import type { CalendarCard, MailView } from '#libs/contracts/notifications/mailbox.js';
import { InvalidInvitationError } from '#libs/domain/calendar/invitation.js';
import { readInvitation } from '#libs/domain/calendar/read-invitation.js';

const addressText = (field: AddressObject | AddressObject[] | undefined): string =>
  [field ?? []]
    .flat()
    .map((address) => address.text)
    .join(', ');

interface ReadMail extends Pick<MailView, 'from' | 'to' | 'messageId' | 'text' | 'html' | 'calendar'> {
  /** The calendar part as it was sent. */
  readonly calendarBytes: Buffer | null;
}

/** Takes the bytes of a message apart as a mail program would. `topic` tells an update from a first invitation. */
export async function readMail(raw: Buffer, topic: string): Promise<ReadMail> {
  const mail = await simpleParser(raw);
  const calendarBytes = calendarPart(mail);
  return {
    from: addressText(mail.from),
    to: addressText(mail.to),
    messageId: mail.messageId ?? '',
    text: mail.text ?? '',
    html: mail.html === false ? null : mail.html,
    calendar: calendarBytes === null ? null : readCard(calendarBytes, topic),
    calendarBytes,
  };
}

function calendarPart(mail: ParsedMail): Buffer | null {
  const part = mail.attachments.find((attachment) => attachment.contentType === 'text/calendar');
  return part?.content ?? null;
}

function readCard(bytes: Buffer, topic: string): CalendarCard | null {
  try {
    const invitation = readInvitation(bytes.toString('utf8'));
    const { method, uid, sequence, summary, start, end, location, organizer, cancelledWhole } = invitation;
    if (method !== 'REQUEST' && method !== 'CANCEL' && method !== 'PUBLISH') return null;
    return {
      purpose: method === 'CANCEL' ? 'cancel' : topic === 'invitation-update' ? 'update' : 'request',
      method,
      uid,
      sequence,
      summary,
      startsAt: start.toISOString(),
      endsAt: end.toISOString(),
      place: location,
      organizer: organizer.name,
      cancelledWhole,
    };
  } catch (error) {
    // A part nobody can read is shown as a mail without one; its bytes can still be downloaded.
    if (error instanceof InvalidInvitationError) return null;
    throw error;
  }
}
