import {
  checkLines,
  type ContentComponent,
  type ContentLine,
  type ItipViolation,
  parseComponents,
} from './content-lines.js';
import { checkValue, checkValues } from './itip-values.js';
import {
  COMPONENTS,
  type ItipMethod,
  type Presence,
  STATUS_VALUES,
  VCALENDAR_PROPERTIES,
  VEVENT_PROPERTIES,
} from './itip-table.js';
import { splitPersonal } from './personal-lines.js';

/** What stood around the personal lines of objects that broke no rule. */
const rightFrames = new Set<string>();
const KEPT_FRAMES = 200;
const utf8 = new TextDecoder('utf-8');

/**
 * All broken rules of a VEVENT object: the byte rules of RFC 5545 §3.1 and the method × component ×
 * property tables of RFC 5546 §3.2 for PUBLISH, REQUEST, REPLY and CANCEL. Empty means valid.
 * It shares no code with the writer or with ical.js. Of an object that differs from a right one only in its personal
 * lines, the bytes and these lines are looked at: no other rule depends on more of them than which parameters they have.
 */
export function validateItip(object: Uint8Array | string): ItipViolation[] {
  const bytes = typeof object === 'string' ? new TextEncoder().encode(object) : object;
  const violations = checkLines(bytes);
  const text = utf8.decode(bytes);
  if (violations.length > 0) return [...violations, ...checkObject(text)];
  const { frame, personal } = splitPersonal(text);
  if (rightFrames.has(frame)) {
    for (const line of personal) checkValue('VEVENT', line, violations);
    return violations;
  }
  const found = checkObject(text);
  if (found.length === 0) {
    if (rightFrames.size >= KEPT_FRAMES) rightFrames.clear();
    rightFrames.add(frame);
  }
  return found;
}

/** Every rule but those of bytes. */
export function checkObject(text: string): ItipViolation[] {
  const violations: ItipViolation[] = [];
  const components = parseComponents(text, violations);
  const calendar = components[0];
  if (components.length !== 1 || calendar?.name !== 'VCALENDAR') {
    violations.push({ rule: '5545-3.4-object', message: 'not exactly one VCALENDAR' });
    return violations;
  }
  checkPresence(calendar, VCALENDAR_PROPERTIES, '5545-3.6', violations);
  const method = first(calendar, 'METHOD')?.value.toUpperCase() ?? '';
  if (!isMethod(method)) {
    violations.push({
      rule: '5546-1.4-method',
      message: `METHOD ${method || 'missing'} is not checked here`,
    });
    return violations;
  }
  if (first(calendar, 'VERSION')?.value !== '2.0') {
    violations.push({ rule: '5545-3.7.4-version', message: 'VERSION is not 2.0' });
  }
  checkOrder(calendar, violations);
  checkComponents(calendar, method, violations);
  for (const event of calendar.components.filter((component) => component.name === 'VEVENT')) {
    checkEvent(event, method, violations);
  }
  // A published calendar may hold any number of events.
  if (method !== 'PUBLISH') checkSameUid(calendar, violations);
  checkZones(calendar, violations);
  checkValues(calendar, violations);
  return violations;
}

function isMethod(method: string): method is ItipMethod {
  return Object.hasOwn(VEVENT_PROPERTIES, method);
}

function first(component: ContentComponent, name: string): ContentLine | undefined {
  return component.lines.find((line) => line.name === name);
}

function count(component: ContentComponent, name: string): number {
  return component.lines.filter((line) => line.name === name).length;
}

function checkPresence(
  component: ContentComponent,
  table: Record<string, Presence>,
  rule: string,
  violations: ItipViolation[],
): void {
  const counts = new Map<string, number>();
  for (const { name } of component.lines) counts.set(name, (counts.get(name) ?? 0) + 1);
  for (const [name, [least, most]] of Object.entries(table)) {
    const n = counts.get(name) ?? 0;
    if (n < least)
      violations.push({ rule: `${rule}-missing`, message: `${component.name}: ${name} is missing` });
    if (n > most) {
      violations.push({
        rule: `${rule}-excess`,
        message: `${component.name}: ${n} × ${name}, at most ${most}`,
      });
    }
  }
  for (const { name } of component.lines) {
    if (!Object.hasOwn(table, name) && !name.startsWith('X-')) {
      violations.push({
        rule: '5545-3.8.8-unregistered',
        message: `${component.name}: ${name} is not defined`,
      });
    }
  }
}

function checkOrder(component: ContentComponent, violations: ItipViolation[]): void {
  if (component.lineAfterComponent) {
    violations.push({ rule: '5545-3.6-order', message: `${component.name}: property after a sub-component` });
  }
  for (const child of component.components) checkOrder(child, violations);
}

function checkComponents(calendar: ContentComponent, method: ItipMethod, violations: ItipViolation[]): void {
  const rule = '5546-3.2-component';
  const table = COMPONENTS[method];
  const found = [...calendar.components];
  for (const event of calendar.components) if (event.name === 'VEVENT') found.push(...event.components);
  for (const [name, [least, most]] of Object.entries(table)) {
    const n = found.filter((component) => component.name === name).length;
    if (n < least || n > most) violations.push({ rule, message: `${method}: ${n} × ${name}` });
  }
  for (const { name } of found) {
    if (!Object.hasOwn(table, name) && !name.startsWith('X-')) {
      violations.push({ rule, message: `${method}: ${name} is not allowed` });
    }
  }
}

function checkEvent(event: ContentComponent, method: ItipMethod, violations: ItipViolation[]): void {
  checkPresence(event, VEVENT_PROPERTIES[method], '5546-3.2', violations);
  const add = (rule: string, message: string) => violations.push({ rule, message });
  const status = first(event, 'STATUS')?.value;
  if (status !== undefined && !STATUS_VALUES[method].includes(status)) {
    add('5546-3.2-status', `STATUS ${status} in a ${method}`);
  }
  if (count(event, 'DTEND') > 0 && count(event, 'DURATION') > 0) {
    add('5545-3.6.1-end', 'both DTEND and DURATION');
  }
  if (method === 'CANCEL' && status === 'CANCELLED' && count(event, 'ATTENDEE') === 0) {
    add('5546-3.2.5-attendees', 'cancelling the whole event must list the attendees');
  }
  if (method === 'REPLY' && !first(event, 'ATTENDEE')?.parameters.has('PARTSTAT')) {
    add('5546-3.2.3-partstat', 'the replying ATTENDEE has no PARTSTAT');
  }
}

function checkSameUid(calendar: ContentComponent, violations: ItipViolation[]): void {
  const uids = new Set<string>();
  for (const component of calendar.components) {
    if (component.name === 'VEVENT') uids.add(first(component, 'UID')?.value ?? '');
  }
  if (uids.size > 1)
    violations.push({ rule: '5546-3.2-uid', message: 'events of different UIDs in one message' });
}

/** One VTIMEZONE for each TZID used, none unused (RFC 5545 §3.2.19, §3.6.5). */
function checkZones(calendar: ContentComponent, violations: ItipViolation[]): void {
  const rule = '5545-3.6.5-timezone';
  const defined: string[] = [];
  const used = new Set<string>();
  const visit = (component: ContentComponent): void => {
    for (const line of component.lines) {
      if (component.name === 'VTIMEZONE' && line.name === 'TZID') defined.push(line.value);
      for (const tzid of line.parameters.get('TZID') ?? []) used.add(tzid);
    }
    component.components.forEach(visit);
  };
  visit(calendar);
  for (const tzid of used) {
    if (!defined.includes(tzid)) violations.push({ rule, message: `no VTIMEZONE for ${tzid}` });
  }
  defined.forEach((tzid, at) => {
    if (!used.has(tzid)) violations.push({ rule, message: `VTIMEZONE ${tzid} is not used` });
    if (defined.indexOf(tzid) !== at) violations.push({ rule, message: `two VTIMEZONE for ${tzid}` });
  });
}
