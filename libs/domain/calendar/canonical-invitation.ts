import { checkedAddress, checkedUrl, cleanName, cleanText } from './calendar-text.js';
import { canonicalSeries, timeWriter } from './canonical-series.js';
import {
  type CalendarInvitation,
  type CalendarPeople,
  InvalidInvitationError,
  type InvitationAttendee,
  type InvitationMethod,
} from './invitation.js';
import { ianaZone } from './zone-clock.js';

const MAX_SEQUENCE = 2_147_483_647;
const MAX_REMINDER_MINUTES = 60 * 24 * 60;
const FIRST_INSTANT = Date.UTC(1970, 0, 2);
const LAST_INSTANT = Date.UTC(9999, 11, 30);

/**
 * The form that is written and read back: text cleaned, defaults filled in, attendees unique by
 * address, what the method forbids left out (RFC 5546 §3.2.1, §3.2.2, §3.2.5).
 * @throws InvalidInvitationError when no valid object can be made of it
 */
export function canonicalInvitation(invitation: CalendarInvitation): CalendarInvitation {
  const { method } = invitation;
  const time = timeWriter(invitation, toSecond);
  const start = time('start', invitation.start);
  const end = time('end', invitation.end);
  if (end.getTime() <= start.getTime()) throw new InvalidInvitationError('end', 'must be after the start');
  if (method !== 'CANCEL' && method !== 'PUBLISH' && invitation.cancelledWhole) {
    throw new InvalidInvitationError('cancelledWhole', 'a cancellation is sent as CANCEL');
  }
  const silent = method === 'CANCEL' || method === 'REPLY' || method === 'DECLINECOUNTER';
  return {
    method,
    uid: checkedUid(invitation.uid),
    sequence: checkedSequence(invitation.sequence),
    stampedAt: toSecond('stampedAt', invitation.stampedAt),
    start,
    end,
    timeZone: checkedZone(invitation),
    summary: cleanText(invitation.summary),
    description: cleanText(invitation.description),
    location: cleanText(invitation.location),
    url: checkedUrl('url', invitation.url),
    ...canonicalPeople(invitation),
    status: method === 'CANCEL' || invitation.cancelledWhole ? 'CONFIRMED' : invitation.status,
    reminders: silent || invitation.cancelledWhole ? [] : uniqueReminders(invitation.reminders),
    createdAt: toSecond('createdAt', invitation.createdAt),
    lastModifiedAt: toSecond('lastModifiedAt', invitation.lastModifiedAt),
    cancelledWhole: invitation.cancelledWhole,
    ...canonicalSeries(invitation, start, time),
  };
}

/** @throws InvalidInvitationError */
export function canonicalPeople({ method, organizer, attendees }: CalendarInvitation): CalendarPeople {
  const invited = method === 'PUBLISH' ? [] : uniqueAttendees(attendees, method);
  if (method !== 'PUBLISH' && invited.length === 0) {
    throw new InvalidInvitationError('attendees', 'at least one is needed');
  }
  if (method === 'REPLY' && invited.length > 1) {
    throw new InvalidInvitationError('attendees', 'a reply is the statement of one attendee');
  }
  const from = { name: cleanName(organizer.name), email: checkedAddress('organizer.email', organizer.email) };
  return { organizer: from, attendees: invited };
}

/** Dates have no zone: whole days are kept as days of UTC. */
function checkedZone(invitation: CalendarInvitation): string {
  if (invitation.allDay === true) return 'UTC';
  const zone = ianaZone(invitation.timeZone);
  if (zone !== invitation.timeZone) throw new InvalidInvitationError('timeZone', 'not an IANA zone');
  return zone;
}

function toSecond(field: string, instant: Date): Date {
  const ms = instant.getTime();
  if (!(ms >= FIRST_INSTANT && ms <= LAST_INSTANT)) {
    throw new InvalidInvitationError(field, 'must lie between 1970 and 9999');
  }
  return new Date(Math.floor(ms / 1000) * 1000);
}

/** @throws InvalidInvitationError */
export function checkedUid(uid: string): string {
  if (!/^[\x21-\x7E]{1,255}$/.test(uid)) {
    throw new InvalidInvitationError('uid', 'must be 1 to 255 visible ASCII characters');
  }
  return uid;
}

function checkedSequence(sequence: number): number {
  if (!Number.isInteger(sequence) || sequence < 0 || sequence > MAX_SEQUENCE) {
    throw new InvalidInvitationError('sequence', 'must be an integer from 0');
  }
  return sequence;
}

function uniqueAttendees(attendees: InvitationAttendee[], method: InvitationMethod): InvitationAttendee[] {
  const byAddress = new Map<string, InvitationAttendee>();
  for (const attendee of attendees) {
    const email = checkedAddress('attendees.email', attendee.email);
    const key = email.toLowerCase();
    if (byAddress.has(key)) continue;
    byAddress.set(key, {
      name: cleanName(attendee.name),
      email,
      partstat: attendee.partstat ?? 'NEEDS-ACTION',
      role: attendee.role ?? 'REQ-PARTICIPANT',
      rsvp: method === 'REQUEST' || method === 'COUNTER' ? (attendee.rsvp ?? true) : false,
      cutype: attendee.cutype ?? 'INDIVIDUAL',
    });
  }
  return [...byAddress.values()];
}

function uniqueReminders(reminders: number[]): number[] {
  for (const minutes of reminders) {
    if (!Number.isInteger(minutes) || minutes < 1 || minutes > MAX_REMINDER_MINUTES) {
      throw new InvalidInvitationError('reminders', 'must be whole minutes within 60 days before the start');
    }
  }
  return [...new Set(reminders)].sort((a, b) => a - b);
}
