import { checkedAddress, toMailto } from './calendar-text.js';
import { timeZoneComponent, toCalendarDate, toCalendarTime } from './calendar-time-zone.js';
import { canonicalInvitation, checkedUid } from './canonical-invitation.js';
import { ICAL } from './ical-library.js';
import type {
  CalendarInvitation,
  CalendarTimeZone,
  InvitationAttendee,
  InvitationOverride,
} from './invitation.js';
import { isSecondOfTwo } from './zone-clock.js';

export const PRODUCT_ID = '-//Duijie//Calendar 1.0//ZH';

type Component = InstanceType<typeof ICAL.Component>;

/**
 * The iTIP object of an invitation as text whose UTF-8 form is the bytes to send: lines of at most
 * 75 octets ended by CRLF (RFC 5545 §3.1), its VEVENT, one more for each occurrence that differs, and the VTIMEZONE
 * they refer to.
 * @throws InvalidInvitationError when the model breaks a rule of RFC 5545 or RFC 5546
 */
export function writeInvitation(invitation: CalendarInvitation): string {
  const inv = canonicalInvitation(invitation);
  const calendar = new ICAL.Component('vcalendar');
  calendar.addPropertyWithValue('prodid', PRODUCT_ID);
  calendar.addPropertyWithValue('version', '2.0');
  calendar.addPropertyWithValue('calscale', 'GREGORIAN');
  calendar.addPropertyWithValue('method', inv.method);
  const zone = timeZoneText(inv.timeZone, inv.start.getUTCFullYear());
  const events = writeEvents(inv).map((event) => event.toString());
  const end = 'END:VCALENDAR';
  const head = calendar.toString().slice(0, -end.length);
  // ical.js ends without a line break; RFC 5545 §3.4 wants one after END:VCALENDAR too.
  return `${head}${[...zone, ...events, end].join('\r\n')}\r\n`;
}

const zoneTexts = new Map<string, readonly string[]>();

/** The lines of the VTIMEZONE, if one is needed: the same for all events of a zone and year. */
function timeZoneText(zone: CalendarTimeZone, year: number): readonly string[] {
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
export function writeEvents(inv: CalendarInvitation): Component[] {
  return [writeEvent(inv), ...(inv.overrides ?? []).map((override) => writeOverride(inv, override))];
}

function writeEvent(inv: CalendarInvitation): Component {
  const event = new ICAL.Component('vevent');
  event.addPropertyWithValue('uid', inv.uid);
  event.addPropertyWithValue('dtstamp', toCalendarTime(inv.stampedAt, 'UTC'));
  event.addPropertyWithValue('sequence', inv.sequence);
  if (inv.recurrenceId) addLocalTime(event, 'recurrence-id', inv.recurrenceId, inv);
  addLocalTime(event, 'dtstart', inv.start, inv);
  addLocalTime(event, 'dtend', inv.end, inv);
  addRecurrence(event, inv);
  event.addPropertyWithValue('summary', inv.summary);
  if (inv.description) event.addPropertyWithValue('description', inv.description);
  if (inv.location) event.addPropertyWithValue('location', inv.location);
  if (inv.url) event.addPropertyWithValue('url', inv.url);
  const organizer = event.addPropertyWithValue('organizer', toMailto(inv.organizer.email));
  if (inv.organizer.name) organizer.setParameter('cn', inv.organizer.name);
  for (const attendee of inv.attendees) addAttendee(event, attendee);
  addStatus(event, inv);
  event.addPropertyWithValue('created', toCalendarTime(inv.createdAt, 'UTC'));
  event.addPropertyWithValue('last-modified', toCalendarTime(inv.lastModifiedAt, 'UTC'));
  for (const minutes of inv.reminders) event.addSubcomponent(writeAlarm(minutes, inv.summary));
  return event;
}

/** An occurrence that differs carries everything of its event but the rule. */
function writeOverride(inv: CalendarInvitation, override: InvitationOverride): Component {
  const { recurrence: _, overrides: __, ...common } = inv;
  return writeEvent({ ...common, ...override });
}

function addRecurrence(event: Component, inv: CalendarInvitation): void {
  for (const rule of inv.recurrence?.rules ?? [])
    event.addPropertyWithValue('rrule', ICAL.Recur.fromString(rule));
  for (const date of inv.recurrence?.additional ?? []) addLocalTime(event, 'rdate', date, inv);
  for (const date of inv.recurrence?.excluded ?? []) addLocalTime(event, 'exdate', date, inv);
}

function addLocalTime(event: Component, name: string, instant: Date, inv: CalendarInvitation): void {
  if (inv.allDay === true) {
    const date = new ICAL.Property(name);
    date.resetType('date');
    date.setValue(toCalendarDate(instant));
    event.addProperty(date);
    return;
  }
  // When clocks go back, local time says the first of two instants; an end at the second one is said in UTC.
  const zone = name === 'dtend' && isSecondOfTwo(instant, inv.timeZone) ? 'UTC' : inv.timeZone;
  const property = event.addPropertyWithValue(name, toCalendarTime(instant, zone));
  if (zone !== 'UTC') property.setParameter('tzid', zone);
}

function addAttendee(event: Component, attendee: InvitationAttendee): void {
  const property = event.addPropertyWithValue('attendee', toMailto(attendee.email));
  property.setParameter('cutype', attendee.cutype ?? 'INDIVIDUAL');
  property.setParameter('role', attendee.role ?? 'REQ-PARTICIPANT');
  property.setParameter('partstat', attendee.partstat ?? 'NEEDS-ACTION');
  property.setParameter('rsvp', attendee.rsvp === false ? 'FALSE' : 'TRUE');
  if (attendee.name) property.setParameter('cn', attendee.name);
}

/** A CANCEL that only uninvites carries no STATUS: with one, clients strike the event for everybody. */
function addStatus(event: Component, inv: CalendarInvitation): void {
  if (inv.allDay === true) event.addPropertyWithValue('x-microsoft-cdo-alldayevent', 'TRUE');
  if (inv.cancelledWhole) event.addPropertyWithValue('status', 'CANCELLED');
  else if (inv.method !== 'CANCEL') event.addPropertyWithValue('status', inv.status);
  const busy = inv.method !== 'CANCEL' && !inv.cancelledWhole;
  event.addPropertyWithValue('transp', busy ? 'OPAQUE' : 'TRANSPARENT');
  const busyStatus = inv.status === 'TENTATIVE' ? 'TENTATIVE' : 'BUSY';
  event.addPropertyWithValue('x-microsoft-cdo-busystatus', busy ? busyStatus : 'FREE');
}

function writeAlarm(minutes: number, summary: string): Component {
  const alarm = new ICAL.Component('valarm');
  alarm.addPropertyWithValue('action', 'DISPLAY');
  alarm.addPropertyWithValue('description', summary);
  alarm.addPropertyWithValue('trigger', ICAL.Duration.fromSeconds(-minutes * 60));
  return alarm;
}

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
