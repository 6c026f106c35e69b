import { fromMailto } from './calendar-text.js';
import { wallOf } from './calendar-time-zone.js';
import { ICAL } from './ical-library.js';
import {
  type AttendeeRole,
  type CalendarInvitation,
  type CalendarTimeZone,
  type CalendarUserType,
  InvalidInvitationError,
  type InvitationAttendee,
  type InvitationMethod,
  type InvitationOverride,
  type ParticipationStatus,
} from './invitation.js';
import type { Recurrence } from './recurrence.js';
import { ianaZone, instantOf, utcOf } from './zone-clock.js';

type Component = InstanceType<typeof ICAL.Component>;
type Property = InstanceType<typeof ICAL.Property>;

const METHODS: readonly string[] = ['REQUEST', 'CANCEL', 'PUBLISH', 'REPLY', 'COUNTER', 'DECLINECOUNTER'];
const PARTSTATS: readonly string[] = ['NEEDS-ACTION', 'ACCEPTED', 'DECLINED', 'TENTATIVE', 'DELEGATED'];
const ROLES: readonly string[] = ['CHAIR', 'REQ-PARTICIPANT', 'OPT-PARTICIPANT', 'NON-PARTICIPANT'];
const USER_TYPES: readonly string[] = ['INDIVIDUAL', 'GROUP', 'RESOURCE', 'ROOM', 'UNKNOWN'];
/** ical.js is super-linear on hostile parameters; calendar parts of mails are a few KiB. */
const MAX_CHARACTERS = 262_144;

/**
 * The event of an object as model, with its rule and the occurrences that differ. Reads what `writeInvitation` writes
 * exactly (an event whose times all had to be said in UTC is read in UTC), and other writers' events as far as the model holds them.
 * @throws InvalidInvitationError when it is not such an object
 */
export function readInvitation(text: string): CalendarInvitation {
  const calendar = parseCalendar(text);
  const events = calendar.getAllSubcomponents('vevent');
  const event = events.find((one) => !one.hasProperty('recurrence-id')) ?? events[0];
  if (!event) throw new InvalidInvitationError('vevent', 'missing');
  const method = readMethod(calendar);
  const start = readTime(event, 'dtstart');
  const stampedAt = readTime(event, 'dtstamp').instant;
  const status = textOf(event, 'status').toUpperCase();
  return {
    method,
    uid: textOf(event, 'uid'),
    sequence: Number(event.getFirstPropertyValue('sequence') ?? 0),
    stampedAt,
    start: start.instant,
    end: readEnd(event, start.instant),
    timeZone: start.zone === 'UTC' ? zoneBeside(event) : start.zone,
    summary: textOf(event, 'summary'),
    description: textOf(event, 'description'),
    location: textOf(event, 'location'),
    url: textOf(event, 'url'),
    organizer: readOrganizer(event),
    attendees: event.getAllProperties('attendee').map(readAttendee),
    status: status === 'TENTATIVE' ? 'TENTATIVE' : 'CONFIRMED',
    reminders: readReminders(event),
    createdAt: event.hasProperty('created') ? readTime(event, 'created').instant : stampedAt,
    lastModifiedAt: event.hasProperty('last-modified') ? readTime(event, 'last-modified').instant : stampedAt,
    cancelledWhole: status === 'CANCELLED',
    ...readSeries(
      event,
      events.filter((one) => one !== event),
      start.isDate,
    ),
  };
}

/** The zone of the other times of an event that starts in UTC, because its clock shows the hour for the second time. */
function zoneBeside(event: Component): CalendarTimeZone {
  const others = ['dtend', 'recurrence-id', 'rdate', 'exdate'].flatMap((name) =>
    event.getAllProperties(name),
  );
  const tzid = others.map((property) => property.getParameter('tzid')).find((one) => typeof one === 'string');
  return (typeof tzid === 'string' ? ianaZone(tzid) : null) ?? 'UTC';
}

function readSeries(
  event: Component,
  others: readonly Component[],
  allDay: boolean,
): Pick<CalendarInvitation, 'allDay' | 'recurrence' | 'overrides' | 'recurrenceId'> {
  const recurrence: Recurrence = {
    rules: event.getAllProperties('rrule').map((property) => String(property.getFirstValue())),
    additional: readTimes(event, 'rdate'),
    excluded: readTimes(event, 'exdate'),
  };
  const repeats = recurrence.rules.length + recurrence.additional.length + recurrence.excluded.length > 0;
  const overrides = others.filter((other) => other.hasProperty('recurrence-id')).map(readOverride);
  return {
    ...(allDay ? { allDay } : {}),
    ...(repeats ? { recurrence } : {}),
    ...(overrides.length > 0 ? { overrides } : {}),
    ...(event.hasProperty('recurrence-id') ? { recurrenceId: readTime(event, 'recurrence-id').instant } : {}),
  };
}

function readOverride(event: Component): InvitationOverride {
  const start = readTime(event, 'dtstart').instant;
  return {
    recurrenceId: readTime(event, 'recurrence-id').instant,
    start,
    end: readEnd(event, start),
    summary: textOf(event, 'summary'),
    description: textOf(event, 'description'),
    location: textOf(event, 'location'),
  };
}

function parseCalendar(text: string): Component {
  if (text.length > MAX_CHARACTERS) throw new InvalidInvitationError('calendar', 'too large');
  let parsed: unknown;
  try {
    parsed = ICAL.parse(text);
  } catch (error) {
    throw new InvalidInvitationError('calendar', error instanceof Error ? error.message : 'unreadable');
  }
  if (!Array.isArray(parsed) || parsed[0] !== 'vcalendar') {
    throw new InvalidInvitationError('calendar', 'not one VCALENDAR');
  }
  return new ICAL.Component(parsed);
}

function readMethod(calendar: Component): InvitationMethod {
  const method = textOf(calendar, 'method').toUpperCase() || 'PUBLISH';
  if (!METHODS.includes(method)) throw new InvalidInvitationError('method', `${method} is not an invitation`);
  return method as InvitationMethod;
}

function textOf(component: Component, name: string): string {
  const value: unknown = component.getFirstPropertyValue(name);
  return typeof value === 'string' ? value : '';
}

interface ReadTime {
  readonly instant: Date;
  readonly zone: CalendarTimeZone;
  readonly isDate: boolean;
}

function readTime(event: Component, name: string): ReadTime {
  const property = event.getFirstProperty(name);
  if (!property) throw new InvalidInvitationError(name, 'missing');
  return readValue(property, property.getFirstValue());
}

function readTimes(event: Component, name: string): Date[] {
  return event
    .getAllProperties(name)
    .flatMap((property) => property.getValues().map((value: unknown) => readValue(property, value).instant));
}

/** Dates are midnights in UTC. */
function readValue(property: Property, value: unknown): ReadTime {
  if (!(value instanceof ICAL.Time)) throw new InvalidInvitationError(property.name, 'missing');
  if (value.isDate) return { instant: new Date(utcOf(wallOf(value))), zone: 'UTC', isDate: true };
  const tzid: unknown = property.getParameter('tzid');
  const zone = typeof tzid === 'string' ? ianaZone(tzid) : 'UTC';
  if (!zone || (zone === 'UTC' && typeof tzid !== 'string' && value.zone !== ICAL.Timezone.utcTimezone)) {
    throw new InvalidInvitationError(property.name, 'in an unknown time zone');
  }
  return { instant: instantOf(wallOf(value), zone), zone, isDate: false };
}

function readEnd(event: Component, start: Date): Date {
  if (event.hasProperty('dtend')) return readTime(event, 'dtend').instant;
  const duration: unknown = event.getFirstPropertyValue('duration');
  if (duration instanceof ICAL.Duration) return new Date(start.getTime() + duration.toSeconds() * 1000);
  throw new InvalidInvitationError('dtend', 'missing');
}

function readOrganizer(event: Component): { name: string; email: string } {
  const property = event.getFirstProperty('organizer');
  if (!property) throw new InvalidInvitationError('organizer', 'missing');
  return { name: parameterOf(property, 'cn'), email: addressOf(property) };
}

function readAttendee(property: Property): InvitationAttendee {
  return {
    name: parameterOf(property, 'cn'),
    email: addressOf(property),
    partstat: oneOf<ParticipationStatus>(parameterOf(property, 'partstat'), PARTSTATS, 'NEEDS-ACTION'),
    role: oneOf<AttendeeRole>(parameterOf(property, 'role'), ROLES, 'REQ-PARTICIPANT'),
    rsvp: parameterOf(property, 'rsvp').toUpperCase() === 'TRUE',
    cutype: oneOf<CalendarUserType>(parameterOf(property, 'cutype'), USER_TYPES, 'INDIVIDUAL'),
  };
}

function parameterOf(property: Property, name: string): string {
  const value: unknown = property.getParameter(name);
  return typeof value === 'string' ? value : '';
}

function addressOf(property: Property): string {
  const value: unknown = property.getFirstValue();
  const address = typeof value === 'string' ? fromMailto(value) : null;
  if (address === null) throw new InvalidInvitationError(property.name, 'not a mailto: address');
  return address;
}

function oneOf<T extends string>(value: string, known: readonly string[], otherwise: T): T {
  const upper = value.toUpperCase();
  return known.includes(upper) ? (upper as T) : otherwise;
}

function readReminders(event: Component): number[] {
  const minutes: number[] = [];
  for (const alarm of event.getAllSubcomponents('valarm')) {
    const trigger: unknown = alarm.getFirstPropertyValue('trigger');
    if (trigger instanceof ICAL.Duration) minutes.push(-trigger.toSeconds() / 60);
  }
  return minutes.sort((a, b) => a - b);
}
