import { decodeCalendarBytes } from './decode-calendar-bytes.js';
import { mailboxAddress } from './mail-address.js';
import {
  readCalendarObjects,
  UnreadableCalendarError,
  type InboundComponent,
  type InboundLine,
} from './read-calendar-lines.js';
import { endAfter, readStatedTime, type DefinedZones, type StatedTime } from './stated-time.js';
import { readZoneDefinition, type DefinedZone } from './zone-definition.js';

/** A calendar part of a mail is read up to this size; those of real clients have a few KiB. */
export const MAX_CALENDAR_OCTETS = 262_144;
/** Of what changes nothing, as large public calendars, no more are looked at. */
const MAX_EVENTS = 500;
const MAX_COMMENT = 2000;
const MAX_COMMENTS = 100;

/** The methods of attendees. All others are an organizer's, and nobody else is the organizer of our events. */
export const ATTENDEE_METHODS: readonly string[] = ['REPLY', 'COUNTER', 'REFRESH'];

export interface StatedAttendee {
  /** Addresses that the property names, lower case: of its mailto: URI and of EMAIL (RFC 7986 §6.2). */
  readonly addresses: readonly string[];
  /** Addresses of DELEGATED-TO and DELEGATED-FROM. */
  readonly delegates: readonly string[];
  /** Upper case as written, null when there is none. */
  readonly partstat: string | null;
  readonly name: string;
}

/** One VEVENT of an iTIP message, as far as an organizer reads it. */
export interface StatedEvent {
  /** Of its object, upper case; '' when that has none. */
  readonly method: string;
  readonly uid: string;
  readonly recurrenceId: StatedTime | null;
  /** RECURRENCE-ID is there but says nothing readable. */
  readonly recurrenceIdBroken: boolean;
  /** RANGE=THISANDFUTURE: the occurrence and all later ones (RFC 5545 §3.2.13). */
  readonly andFuture: boolean;
  readonly sequence: number;
  /** DTSTAMP in milliseconds since 1970, or null. */
  readonly stampedAt: number | null;
  readonly organizer: string | null;
  readonly attendees: readonly StatedAttendee[];
  readonly start: StatedTime | null;
  readonly end: StatedTime | null;
  readonly comment: string;
}

/** Structured-cloneable: it comes out of a worker thread. */
export interface ItipMessage {
  /** Of the first object that counts. */
  readonly method: string;
  readonly events: readonly StatedEvent[];
}

/**
 * The objects with a method of attendees, when there are any, else those with the method of the first.
 * @throws UnreadableCalendarError
 */
export function readItipMessage(bytes: Uint8Array, charset: string | null): ItipMessage {
  if (bytes.length > MAX_CALENDAR_OCTETS) {
    throw new UnreadableCalendarError('too-large', `${bytes.length} octets of calendar`);
  }
  const calendars = readCalendarObjects(decodeCalendarBytes(bytes, charset));
  const read = calendars.map((calendar) => ({ calendar, method: methodOf(calendar) }));
  const answers = read.filter(({ method }) => ATTENDEE_METHODS.includes(method));
  const method = answers[0]?.method ?? read[0]?.method ?? '';
  const counted = answers.length > 0 ? answers : read.filter((one) => one.method === method);
  const events = counted.flatMap((one) => eventsOf(one.calendar, one.method));
  return { method, events: answers.length > 0 ? events : events.slice(0, MAX_EVENTS) };
}

function methodOf(calendar: InboundComponent): string {
  return (valueOf(calendar, 'METHOD') ?? '').trim().toUpperCase().slice(0, 60);
}

function eventsOf(calendar: InboundComponent, method: string): StatedEvent[] {
  const zones = zonesOf(calendar);
  return calendar.components
    .filter((component) => component.name === 'VEVENT')
    .map((event) => ({ method, ...readEvent(event, zones) }));
}

/** Zones which the object defines itself, by TZID (RFC 5545 §3.2.19). */
function zonesOf(calendar: InboundComponent): DefinedZones {
  const zones = new Map<string, DefinedZone>();
  for (const zone of calendar.components) {
    const tzid = zone.name === 'VTIMEZONE' ? valueOf(zone, 'TZID') : undefined;
    const defined = tzid === undefined ? null : readZoneDefinition(zone);
    // The name is a TEXT here and a parameter where it is used: only here commas are escaped.
    if (tzid !== undefined && defined !== null) zones.set(textOf(tzid).trim(), defined);
  }
  return zones;
}

function readEvent(event: InboundComponent, zones: DefinedZones): Omit<StatedEvent, 'method'> {
  const time = (name: string) => {
    const line = event.lines.find((one) => one.name === name);
    return line === undefined ? null : readStatedTime(line, zones);
  };
  const recurrenceId = time('RECURRENCE-ID');
  const recurrenceLine = event.lines.find((line) => line.name === 'RECURRENCE-ID');
  const organizer = event.lines.find((line) => line.name === 'ORGANIZER');
  const attendees = event.lines.filter((line) => line.name === 'ATTENDEE');
  const start = time('DTSTART');
  return {
    uid: textOf(valueOf(event, 'UID') ?? '').trim(),
    recurrenceId,
    recurrenceIdBroken: recurrenceId === null && recurrenceLine !== undefined,
    andFuture: recurrenceLine?.parameters['RANGE']?.trim().toUpperCase() === 'THISANDFUTURE',
    sequence: readSequence(valueOf(event, 'SEQUENCE')),
    stampedAt: time('DTSTAMP')?.instant ?? null,
    organizer: organizer === undefined ? null : (addressesOf(organizer)[0] ?? null),
    attendees: attendees.map(readAttendee),
    start,
    end: time('DTEND') ?? endAfter(start, valueOf(event, 'DURATION')),
    comment: commentOf(event) || cutComment(noteOf(attendees)),
  };
}

function valueOf(component: InboundComponent, name: string): string | undefined {
  return component.lines.find((line) => line.name === name)?.value;
}

/** All of them, a line each (RFC 5546 §3.2.3 allows several). */
function commentOf(event: InboundComponent): string {
  const values = event.lines.filter((line) => line.name === 'COMMENT').map(({ value }) => value);
  const said = values.slice(0, MAX_COMMENTS).map((value) => cutComment(textOf(value)));
  return cutComment(said.filter(Boolean).join('\n'));
}

/** Google Calendar puts a respondent's note into a parameter. */
function noteOf(attendees: readonly InboundLine[]): string {
  const [only, ...others] = attendees;
  return others.length === 0 ? (only?.parameters['X-RESPONSE-COMMENT'] ?? '') : '';
}

/** RFC 5545 §3.3.11, and as some clients escape more than they should. */
function textOf(value: string): string {
  return value.replace(/\\([\\;,:"nN])/g, (_, char: string) => (char.toLowerCase() === 'n' ? '\n' : char));
}

function cutComment(text: string): string {
  // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
  const clean = text.replace(/[\u0000-\u0008\u000B-\u001F\u007F-\u009F]/g, '').trim();
  return [...clean].slice(0, MAX_COMMENT).join('');
}

/** A missing SEQUENCE is 0 (RFC 5545 §3.8.7.4); one that is no number cannot be a revision of ours. */
function readSequence(value: string | undefined): number {
  if (value === undefined) return 0;
  return /^\s*\d{1,9}\s*$/.test(value) ? Number(value) : Number.MAX_SAFE_INTEGER;
}

function readAttendee(line: InboundLine): StatedAttendee {
  const partstat = line.parameters['PARTSTAT']?.trim().toUpperCase().slice(0, 60) ?? '';
  const delegates = `${line.parameters['DELEGATED-TO'] ?? ''},${line.parameters['DELEGATED-FROM'] ?? ''}`;
  return {
    addresses: addressesOf(line),
    delegates: [...delegates.matchAll(/mailto:([^",;\s]{1,320})/gi)]
      .map((match) => mailboxAddress(decodeUri(match[1] ?? '') ?? ''))
      .filter((address) => address !== ''),
    partstat: partstat === '' ? null : partstat,
    name: (line.parameters['CN'] ?? '').slice(0, 200),
  };
}

function addressesOf(line: InboundLine): string[] {
  const value = line.value.trim();
  const mailto = /^mailto:/i.test(value)
    ? decodeUri(value.slice('mailto:'.length).split('?')[0] ?? '')
    : null;
  const email = (line.parameters['EMAIL'] ?? '').replace(/^\s*mailto:/i, '');
  const bare = mailto === null && !value.includes(':') ? value : '';
  const found = [mailto ?? bare, email].map(mailboxAddress).filter((address) => address !== '');
  return [...new Set(found)];
}

function decodeUri(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}
