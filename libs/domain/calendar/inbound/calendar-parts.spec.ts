import { calendarMessage } from './calendar-parts.js';
import { readItipMessage } from './itip-message.js';
import type { CalendarPart } from './mail-facts.js';

const object = (method: string, uid: string) =>
  `BEGIN:VCALENDAR\n${method === '' ? '' : `METHOD:${method}\n`}BEGIN:VEVENT\nUID:${uid}\nEND:VEVENT\nEND:VCALENDAR\n`;
const part = (text: string | null, methodParameter: string | null = null): CalendarPart => ({
  contentType: 'text/calendar',
  methodParameter,
  message: text === null ? null : readItipMessage(new TextEncoder().encode(text), null),
  fault: text === null ? 'malformed' : null,
  reason: '',
});
const told = (...parts: CalendarPart[]) =>
  calendarMessage(parts)?.events.map((event) => `${event.method} ${event.uid}`) ?? null;

test('the answers of all parts and objects count, each once', () => {
  expect(
    told(
      part(object('REQUEST', '1')),
      part(object('REPLY', '2')),
      part(null),
      part(object('REPLY', '2') + object('PUBLISH', '3') + object('COUNTER', '2')),
    ),
  ).toEqual(['REPLY 2', 'COUNTER 2']);
});

test('the parameter tells the method of an object that has none', () => {
  const found = calendarMessage([part(object('', '1')), part(object('', '2'), 'REPLY')]);
  expect([found?.method, found?.events.map((event) => event.method)]).toEqual(['REPLY', ['REPLY']]);
  expect(told(part(object('COUNTER', '1'), 'REPLY'))).toEqual(['COUNTER 1']);
});

test('without an answer the first part with a method counts', () => {
  expect(told(part(object('', '1')), part(object('CANCEL', '2')), part(object('REQUEST', '3')))).toEqual([
    'CANCEL 2',
  ]);
  expect(told(part(object('', '1')), part(null))).toBeNull();
});
