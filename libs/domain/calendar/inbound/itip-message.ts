import { instantOf, ianaZone, utcOf, type WallTime } from '../zone-clock.js';
import { decodeCalendarBytes } from './decode-calendar-bytes.js';
import {
  readCalendarLines,
  UnreadableCalendarError,
  type InboundComponent,
  type InboundLine,
} from './read-calendar-lines.js';

/** A calendar part of a mail is read up to this size; those of real clients have a few KiB. */
export const MAX_CALENDAR_OCTETS = 262_144;
const MAX_EVENTS = 500;
const MAX_COMMENT = 2000;

/** A date or date-time as a stranger wrote it. `zone` null: floating, or of a zone nobody knows. */
export interface StatedTime {
  readonly kind: 'date' | 'time';
  readonly wall: WallTime;
  /** Milliseconds since 1970, when the zone is known; a floating time has none. */
  readonly instant: number | null;
}

export interface StatedAttendee {
  /** Addresses that the property names, lower case: of its mailto: URI, else of EMAIL (RFC 7986 §6.2). */
  readonly addresses: readonly string[];
  /** Upper case as written, null when there is none. */
  readonly partstat: string | null;
  readonly name: string;
}

/** One VEVENT of an iTIP message, as far as an organizer reads it. */
export interface StatedEvent {
  readonly uid: string;
  readonly recurrenceId: StatedTime | null;
  /** RECURRENCE-ID is there but says nothing readable. */
  readonly recurrenceIdBroken: boolean;
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
  /** Upper case; '' when the object has none. */
  readonly method: string;
  readonly events: readonly StatedEvent[];
}

/** @throws UnreadableCalendarError */
export function readItipMessage(bytes: Uint8Array, charset: string | null): ItipMessage {
  if (bytes.length > MAX_CALENDAR_OCTETS) {
    throw new UnreadableCalendarError('too-large', `${bytes.length} octets of calendar`);
  }
  const calendar = readCalendarLines(decodeCalendarBytes(bytes, charset));
  if (calendar.lines.length === 0 && calendar.components.length === 0) {
    throw new UnreadableCalendarError('malformed', 'No calendar in the part');
  }
  const events = calendar.components.filter((component) => component.name === 'VEVENT');
  if (events.length > MAX_EVENTS) throw new UnreadableCalendarError('too-large', `${events.length} events`);
  const zones = zonesOf(calendar);
  return {
    method: (valueOf(calendar, 'METHOD') ?? '').trim().toUpperCase(),
    events: events.map((event) => readEvent(event, zones)),
  };
}

/** Zones which the object defines itself with one offset, for names nobody knows: seconds by TZID. */
function zonesOf(calendar: InboundComponent): Map<string, number> {
  const zones = new Map<string, number>();
  for (const zone of calendar.components) {
    const tzid = zone.name === 'VTIMEZONE' ? valueOf(zone, 'TZID') : undefined;
    const offsets = new Set(zone.components.map((part) => valueOf(part, 'TZOFFSETTO') ?? ''));
    const [offset] = offsets;
    const read = /^([+-])(\d\d)(\d\d)/.exec(offset?.trim() ?? '');
    if (tzid === undefined || offsets.size !== 1 || read === null) continue;
    const seconds = (Number(read[2]) * 60 + Number(read[3])) * 60;
    zones.set(tzid, read[1] === '-' ? -seconds : seconds);
  }
  return zones;
}

function readEvent(event: InboundComponent, zones: ReadonlyMap<string, number>): StatedEvent {
  const time = (name: string) => {
    const line = event.lines.find((one) => one.name === name);
    return line === undefined ? null : readStatedTime(line, zones);
  };
  const recurrenceId = time('RECURRENCE-ID');
  const organizer = event.lines.find((line) => line.name === 'ORGANIZER');
  return {
    uid: textOf(valueOf(event, 'UID') ?? '').trim(),
    recurrenceId,
    recurrenceIdBroken: recurrenceId === null && event.lines.some((line) => line.name === 'RECURRENCE-ID'),
    sequence: readSequence(valueOf(event, 'SEQUENCE')),
    stampedAt: time('DTSTAMP')?.instant ?? null,
    organizer: organizer === undefined ? null : (addressesOf(organizer)[0] ?? null),
    attendees: event.lines.filter((line) => line.name === 'ATTENDEE').map(readAttendee),
    start: time('DTSTART'),
    end: time('DTEND'),
    comment: cutComment(textOf(valueOf(event, 'COMMENT') ?? '')),
  };
}

function valueOf(component: InboundComponent, name: string): string | undefined {
  return component.lines.find((line) => line.name === name)?.value;
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
  const partstat = line.parameters['PARTSTAT']?.trim().toUpperCase() ?? '';
  return {
    addresses: addressesOf(line),
    partstat: partstat === '' ? null : partstat,
    name: (line.parameters['CN'] ?? '').slice(0, 200),
  };
}

function addressesOf(line: InboundLine): string[] {
  const value = line.value.trim();
  const mailto = /^mailto:/i.test(value)
    ? decodeUri(value.slice('mailto:'.length).split('?')[0] ?? '')
    : null;
  const email = line.parameters['EMAIL'] ?? null;
  const bare = mailto === null && email === null && /^[^\s:@]+@[^\s:@]+$/.test(value) ? value : null;
  const found = [mailto ?? email ?? bare].filter((address) => address !== null);
  return found.map((address) => address.trim().toLowerCase());
}

function decodeUri(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

const TIME = /^(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2})(\d{2})(Z?))?/;

/** null when the value is no date; a time in a zone that nobody knows is kept without an instant. */
export function readStatedTime(line: InboundLine, zones: ReadonlyMap<string, number>): StatedTime | null {
  const read = TIME.exec(line.value.trim());
  if (read === null) return null;
  const [year, month, day, hour, minute, second] = read.slice(1, 7).map((part) => Number(part ?? 0));
  const wall = {
    year: year ?? 0,
    month: month ?? 0,
    day: day ?? 0,
    hour: hour ?? 0,
    minute: minute ?? 0,
    second: second ?? 0,
  };
  if (
    wall.month < 1 ||
    wall.month > 12 ||
    wall.day < 1 ||
    wall.day > 31 ||
    wall.hour > 23 ||
    wall.minute > 59
  )
    return null;
  if (read[4] === undefined) return { kind: 'date', wall, instant: null };
  const tzid = line.parameters['TZID'];
  return { kind: 'time', wall, instant: instantIn(wall, read[7] === 'Z' ? 'UTC' : tzid, zones) };
}

function instantIn(
  wall: WallTime,
  tzid: string | undefined,
  zones: ReadonlyMap<string, number>,
): number | null {
  if (tzid === undefined) return null;
  const zone = ianaZone(tzid);
  if (zone !== null) return instantOf(wall, zone).getTime();
  const offset = zones.get(tzid);
  return offset === undefined ? null : utcOf(wall) - offset * 1000;
}
