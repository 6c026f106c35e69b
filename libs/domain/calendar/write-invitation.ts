import { checkedAddress, cleanText, toMailto } from './calendar-text.js';
import { timeZoneComponent, toCalendarDate, toCalendarTime } from './calendar-time-zone.js';
import { canonicalInvitation, canonicalPeople, checkedUid } from './canonical-invitation.js';
import { ICAL } from './ical-library.js';
import type {
  CalendarInvitation,
  CalendarPeople,
  CalendarTimeZone,
  InvitationAttendee,
  InvitationOverride,
} from './invitation.js';
import { propertyLine, typedLine } from './property-line.js';
import { isSecondOfTwo } from './zone-clock.js';

export const PRODUCT_ID = '-//Duijie//Calendar 1.0//ZH';

/**
 * The iTIP object of an invitation as text whose UTF-8 form is the bytes to send: lines of at most
 * 75 octets ended by CRLF (RFC 5545 §3.1), its VEVENT, one more for each occurrence that differs, and the VTIMEZONE
 * they refer to.
 * @throws InvalidInvitationError when the model breaks a rule of RFC 5545 or RFC 5546
 */
export function writeInvitation(invitation: CalendarInvitation): string {
  if ((invitation.overrides ?? []).length > 0) return objectText(canonicalInvitation(invitation));
  const { description } = invitation;
  return frameOf(invitation).join(personalText(cleanText(description), canonicalPeople(invitation)));
}

/** Stands for the personal lines, which no line can be: text has no control characters. */
const PERSONAL = '\0';
const KEPT_FRAMES = 200;
const frames = new Map<string, readonly string[]>();

/** What stands before and after the personal lines: the same for everybody who is told of the same. */
function frameOf(invitation: CalendarInvitation): readonly string[] {
  const { organizer: _, attendees: __, description: ___, ...said } = invitation;
  const { stampedAt, start, end, createdAt, lastModifiedAt } = invitation;
  const instants = [stampedAt, start, end, createdAt, lastModifiedAt].map((instant) => instant.getTime());
  // As numbers, because texts of instants take longer than all the rest.
  const key = JSON.stringify([
    instants,
    { ...said, stampedAt: 0, start: 0, end: 0, createdAt: 0, lastModifiedAt: 0 },
  ]);
  let frame = frames.get(key);
  if (frame === undefined) {
    frame = objectText(canonicalInvitation(invitation), PERSONAL).split(PERSONAL);
    if (frames.size >= KEPT_FRAMES) frames.clear();
    frames.set(key, frame);
  }
  return frame;
}

function objectText(inv: CalendarInvitation, personal?: string): string {
  const head = [
    propertyLine('prodid', PRODUCT_ID),
    propertyLine('version', '2.0'),
    propertyLine('calscale', 'GREGORIAN'),
    propertyLine('method', inv.method),
  ];
  const events = eventTexts(inv, personal);
  const zone = events.some(usesZone) ? timeZoneText(inv.timeZone, inv.start.getUTCFullYear()) : [];
  return calendarText(head, [...zone, ...events]);
}

/** Whether a time of the VEVENT is on the clock of a zone; of an event at the second of two equal hours none is. */
export const usesZone = (event: string): boolean =>
  /^(?:DTSTART|DTEND|RECURRENCE-ID|RDATE|EXDATE);TZID=/m.test(event);

/** A VCALENDAR of lines and components; RFC 5545 §3.4 wants a line break after its end, too. */
export const calendarText = (head: readonly string[], components: readonly string[]): string =>
  `${['BEGIN:VCALENDAR', ...head, ...components, 'END:VCALENDAR'].join('\r\n')}\r\n`;

const zoneTexts = new Map<string, readonly string[]>();

/** The VTIMEZONE, if one is needed: the same for all events of a zone and year. */
export function timeZoneText(zone: CalendarTimeZone, year: number): readonly string[] {
  const key = `${zone} ${year}`;
  let text = zoneTexts.get(key);
  if (text === undefined) {
    const component = timeZoneComponent(zone, year);
    text = component === null ? [] : [component.toString()];
    if (zoneTexts.size < 1000) zoneTexts.set(key, text);
  }
  return text;
}

/** The VEVENT of a canonical invitation, and one for each occurrence that differs. */
export function eventTexts(inv: CalendarInvitation, personal?: string): string[] {
  return [eventText(inv, personal), ...(inv.overrides ?? []).map((override) => overrideText(inv, override))];
}

function eventText(inv: CalendarInvitation, personal = personalText(inv.description, inv)): string {
  return [
    'BEGIN:VEVENT',
    propertyLine('uid', inv.uid),
    utcLine('dtstamp', inv.stampedAt),
    propertyLine('sequence', inv.sequence),
    ...(inv.recurrenceId ? [timeLine('recurrence-id', inv.recurrenceId, inv)] : []),
    timeLine('dtstart', inv.start, inv),
    timeLine('dtend', inv.end, inv),
    ...recurrenceLines(inv),
    propertyLine('summary', inv.summary),
    ...(inv.location === '' ? [] : [propertyLine('location', inv.location)]),
    ...(inv.url === '' ? [] : [propertyLine('url', inv.url)]),
    personal,
    ...statusLines(inv),
    utcLine('created', inv.createdAt),
    utcLine('last-modified', inv.lastModifiedAt),
    ...inv.reminders.map((minutes) => alarmText(minutes, inv.summary)),
    'END:VEVENT',
  ].join('\r\n');
}

/** What differs from one recipient to the next: DESCRIPTION may hold a code of theirs. */
function personalText(description: string, { organizer, attendees }: CalendarPeople): string {
  const organizerLine = propertyLine(
    'organizer',
    toMailto(organizer.email),
    organizer.name === '' ? {} : { cn: organizer.name },
  );
  return [
    ...(description === '' ? [] : [propertyLine('description', description)]),
    organizerLine,
    ...attendees.map(attendeeLine),
  ].join('\r\n');
}

/** An occurrence that differs carries everything of its event but the rule. */
function overrideText(inv: CalendarInvitation, override: InvitationOverride): string {
  const { recurrence: _, overrides: __, ...common } = inv;
  return eventText({ ...common, ...override });
}

function recurrenceLines(inv: CalendarInvitation): string[] {
  const { rules = [], additional = [], excluded = [] } = inv.recurrence ?? {};
  return [
    ...rules.map((rule) => propertyLine('rrule', ICAL.Recur.fromString(rule))),
    ...additional.map((date) => timeLine('rdate', date, inv)),
    ...excluded.map((date) => timeLine('exdate', date, inv)),
  ];
}

const utcLine = (name: string, instant: Date): string => propertyLine(name, toCalendarTime(instant, 'UTC'));

function timeLine(name: string, instant: Date, inv: CalendarInvitation): string {
  if (inv.allDay === true) return typedLine(name, 'date', toCalendarDate(instant));
  // When clocks go back, local time says the first of two instants; the second one is said in UTC. Only the start of a
  // rule stays on the clock that the rule follows.
  const ruled = name === 'dtstart' && (inv.recurrence?.rules ?? []).length > 0;
  const zone = !ruled && isSecondOfTwo(instant, inv.timeZone) ? 'UTC' : inv.timeZone;
  return propertyLine(name, toCalendarTime(instant, zone), zone === 'UTC' ? {} : { tzid: zone });
}

function attendeeLine(attendee: InvitationAttendee): string {
  return propertyLine('attendee', toMailto(attendee.email), {
    cutype: attendee.cutype ?? 'INDIVIDUAL',
    role: attendee.role ?? 'REQ-PARTICIPANT',
    partstat: attendee.partstat ?? 'NEEDS-ACTION',
    rsvp: attendee.rsvp === false ? 'FALSE' : 'TRUE',
    ...(attendee.name ? { cn: attendee.name } : {}),
  });
}

/** A CANCEL that only uninvites carries no STATUS: with one, clients strike the event for everybody. */
function statusLines(inv: CalendarInvitation): string[] {
  const status = inv.cancelledWhole ? 'CANCELLED' : inv.method === 'CANCEL' ? null : inv.status;
  const busy = inv.method !== 'CANCEL' && !inv.cancelledWhole;
  const busyStatus = inv.status === 'TENTATIVE' ? 'TENTATIVE' : 'BUSY';
  return [
    ...(inv.allDay === true ? [propertyLine('x-microsoft-cdo-alldayevent', 'TRUE')] : []),
    ...(status === null ? [] : [propertyLine('status', status)]),
    propertyLine('transp', busy ? 'OPAQUE' : 'TRANSPARENT'),
    propertyLine('x-microsoft-cdo-busystatus', busy ? busyStatus : 'FREE'),
  ];
}

const alarmText = (minutes: number, summary: string): string =>
  [
    'BEGIN:VALARM',
    propertyLine('action', 'DISPLAY'),
    propertyLine('description', summary),
    propertyLine('trigger', ICAL.Duration.fromSeconds(-minutes * 60)),
    'END:VALARM',
  ].join('\r\n');

/** What an attendee's calendar asks for when it wants the event again (RFC 5546 §3.2.6). */
export interface RefreshRequest {
  uid: string;
  stampedAt: Date;
  organizerEmail: string;
  attendeeEmail: string;
}

/** @throws InvalidInvitationError when an address or the UID cannot be written */
export function writeRefresh(request: RefreshRequest): string {
  const calendar = new ICAL.Component('vcalendar');
  calendar.addPropertyWithValue('prodid', PRODUCT_ID);
  calendar.addPropertyWithValue('version', '2.0');
  calendar.addPropertyWithValue('method', 'REFRESH');
  const event = new ICAL.Component('vevent');
  event.addPropertyWithValue('uid', checkedUid(request.uid));
  event.addPropertyWithValue('dtstamp', toCalendarTime(request.stampedAt, 'UTC'));
  event.addPropertyWithValue('organizer', toMailto(checkedAddress('organizer', request.organizerEmail)));
  event.addPropertyWithValue('attendee', toMailto(checkedAddress('attendee', request.attendeeEmail)));
  calendar.addSubcomponent(event);
  return `${calendar.toString()}\r\n`;
}
