import type { ContentComponent, ContentLine, ItipViolation } from './content-lines.js';

const UTC_TIME = /^\d{8}T\d{6}Z$/;
const LOCAL_TIME = /^\d{8}T\d{6}$/;
const DATE = /^\d{8}$/;
const UTC_PROPERTIES = new Set(['DTSTAMP', 'CREATED', 'LAST-MODIFIED']);
const TIME_PROPERTIES = new Set(['DTSTART', 'DTEND', 'RECURRENCE-ID', 'EXDATE', 'RDATE']);
/** Whose form must be that of DTSTART (RFC 5545 §3.8.4.4, §3.8.5.1), but that UTC may stand for a zone. */
const LIKE_START = ['RECURRENCE-ID', 'EXDATE'];
const TEXT_PROPERTIES = new Set(['SUMMARY', 'DESCRIPTION', 'LOCATION', 'UID', 'COMMENT', 'CONTACT']);
const URI_PROPERTIES = new Set(['URL', 'ORGANIZER', 'ATTENDEE']);
const ROLES = ['CHAIR', 'REQ-PARTICIPANT', 'OPT-PARTICIPANT', 'NON-PARTICIPANT'];
const PARTSTATS = ['NEEDS-ACTION', 'ACCEPTED', 'DECLINED', 'TENTATIVE', 'DELEGATED'];
const TRANSPARENCIES = ['OPAQUE', 'TRANSPARENT'];

/** The values that decide how clients read an object: times, integers, text escapes and addresses. */
export function checkValues(calendar: ContentComponent, violations: ItipViolation[]): void {
  const visit = (component: ContentComponent): void => {
    for (const line of component.lines) checkValue(component.name, line, violations);
    if (component.name === 'VEVENT') {
      checkSpan(component, violations);
      checkRecurrence(component, violations);
    }
    if (component.name === 'VALARM') checkAlarm(component, violations);
    component.components.forEach(visit);
  };
  visit(calendar);
}

/** The value of a line by itself, in a component of that name. */
export function checkValue(component: string, line: ContentLine, violations: ItipViolation[]): void {
  const add = (rule: string, message: string) =>
    violations.push({ rule, message: `${component} ${line.name}: ${message}` });
  const { name, value } = line;
  if (component === 'VEVENT' && UTC_PROPERTIES.has(name) && !UTC_TIME.test(value)) {
    add('5545-3.8.7-utc', `${value} is not UTC`);
  }
  if (component === 'VEVENT' && TIME_PROPERTIES.has(name) && !isTime(line)) {
    add('5545-3.3.5-time', `${value} does not fit its TZID and VALUE`);
  }
  if (TEXT_PROPERTIES.has(name) && !/^(?:[^\\;,]|\\[\\;,nN])*$/.test(value)) {
    add('5545-3.3.11-text', 'wrong escape');
  }
  if (URI_PROPERTIES.has(name) && !/^[A-Za-z][A-Za-z0-9+.-]*:[\x21-\x5B\x5D-\x7E]+$/.test(value)) {
    add('5545-3.3.13-uri', 'not a URI');
  }
  if (name === 'SEQUENCE' && !/^\d{1,10}$/.test(value))
    add('5545-3.8.7.4-sequence', `${value} is no integer`);
  if (name === 'UID' && (value === '' || new TextEncoder().encode(value).length > 255)) {
    add('7986-5.3-uid', 'empty or longer than 255 octets');
  }
  if (name === 'TRANSP' && !TRANSPARENCIES.includes(value)) add('5545-3.8.2.7-transp', `${value} is unknown`);
  if (name === 'ORGANIZER') checkOrganizer(line, add);
  if (name === 'ATTENDEE') checkAttendee(line, add);
}

function isTime(line: ContentLine): boolean {
  const isDate = line.parameters.get('VALUE')?.[0]?.toUpperCase() === 'DATE';
  const hasZone = line.parameters.has('TZID');
  if (isDate) return DATE.test(line.value) && !hasZone;
  // A floating time would be another instant for every reader.
  return hasZone ? LOCAL_TIME.test(line.value) : UTC_TIME.test(line.value);
}

function checkOrganizer(line: ContentLine, add: (rule: string, message: string) => void): void {
  if (!/^mailto:[^@]+@[^@]+$/.test(line.value)) add('6047-2.3-mailto', 'not a mailto: address');
  for (const name of ['PARTSTAT', 'ROLE', 'RSVP', 'CUTYPE']) {
    if (line.parameters.has(name)) add('5545-3.8.4.3-parameter', `${name} is not for the organizer`);
  }
}

function checkAttendee(line: ContentLine, add: (rule: string, message: string) => void): void {
  if (!/^mailto:[^@]+@[^@]+$/.test(line.value)) add('6047-2.3-mailto', 'not a mailto: address');
  const allowed: [string, string[]][] = [
    ['ROLE', ROLES],
    ['PARTSTAT', PARTSTATS],
    ['RSVP', ['TRUE', 'FALSE']],
    ['CUTYPE', ['INDIVIDUAL', 'GROUP', 'RESOURCE', 'ROOM', 'UNKNOWN']],
  ];
  for (const [name, values] of allowed) {
    for (const value of line.parameters.get(name) ?? []) {
      if (!values.includes(value) && !value.startsWith('X-')) add('5545-3.2-parameter', `${name}=${value}`);
    }
  }
}

function checkSpan(event: ContentComponent, violations: ItipViolation[]): void {
  const start = event.lines.find((line) => line.name === 'DTSTART');
  const end = event.lines.find((line) => line.name === 'DTEND');
  if (!start || !end) return;
  const key = (line: ContentLine) => `${line.parameters.get('TZID')?.[0] ?? ''} ${line.value.length}`;
  // Equal forms compare as text; a start and an end in different zones are left to their own checks.
  if (key(start) === key(end) && end.value <= start.value) {
    violations.push({ rule: '5545-3.8.2.2-span', message: `DTEND ${end.value} is not after ${start.value}` });
  }
}

/** RECURRENCE-ID and EXDATE have the form of DTSTART, but that UTC may stand for a zone, and the rule's end its value type, in UTC beside a zone. */
function checkRecurrence(event: ContentComponent, violations: ItipViolation[]): void {
  const start = event.lines.find((line) => line.name === 'DTSTART');
  if (!start) return;
  const zone = (line: ContentLine) =>
    line.value.endsWith('Z') ? null : (line.parameters.get('TZID')?.[0] ?? '');
  const typeOf = (line: ContentLine) => line.parameters.get('VALUE')?.[0];
  const alike = (line: ContentLine) => {
    const [one, other] = [zone(line), zone(start)];
    const utc = one === null || other === null;
    return typeOf(line) === typeOf(start) && (utc ? one !== '' && other !== '' : one === other);
  };
  for (const line of event.lines.filter(({ name }) => LIKE_START.includes(name))) {
    if (!alike(line)) {
      violations.push({ rule: '5545-3.8.4.4-form', message: `${line.name} has another form than DTSTART` });
    }
  }
  for (const { value } of event.lines.filter(({ name }) => name === 'RRULE')) {
    const until = /(?:^|;)UNTIL=([^;]*)/.exec(value)?.[1];
    if (!/(?:^|;)FREQ=/.test(value) || (until !== undefined && /(?:^|;)COUNT=/.test(value))) {
      violations.push({ rule: '5545-3.3.10-recur', message: `RRULE ${value}` });
    }
    if (until !== undefined && !(DATE.test(start.value) ? DATE : UTC_TIME).test(until)) {
      violations.push({ rule: '5545-3.3.10-until', message: `UNTIL=${until} does not fit DTSTART` });
    }
  }
}

function checkAlarm(alarm: ContentComponent, violations: ItipViolation[]): void {
  const value = (name: string) => alarm.lines.find((line) => line.name === name)?.value;
  if (value('ACTION') !== 'DISPLAY' || value('DESCRIPTION') === undefined) {
    violations.push({ rule: '5545-3.6.6-alarm', message: 'not a DISPLAY alarm with a DESCRIPTION' });
  }
  if (!/^-P(?=\d|T\d)(?:\d+W|(?:\d+D)?(?:T(?:\d+H)?(?:\d+M)?(?:\d+S)?)?)$/.test(value('TRIGGER') ?? '')) {
    violations.push({ rule: '5545-3.6.6-alarm', message: 'TRIGGER is not before the start' });
  }
}
