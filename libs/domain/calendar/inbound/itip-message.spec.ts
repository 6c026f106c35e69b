import { decodeCalendarBytes } from './decode-calendar-bytes.js';
import { readItipMessage, type StatedEvent } from './itip-message.js';

const bytes = (text: string) => new TextEncoder().encode(text);
const object = (method: string, ...lines: string[]) =>
  [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    `METHOD:${method}`,
    'BEGIN:VEVENT',
    ...lines,
    'END:VEVENT',
    'END:VCALENDAR',
    '',
  ].join('\r\n');
const read = (text: string) => readItipMessage(bytes(text), null);
const eventOf = (...lines: string[]): StatedEvent => read(object('REPLY', ...lines)).events[0]!;
const addressesOf = (line: string) => eventOf(line).attendees[0]!.addresses;

test('a stream of several objects is read whole, and the answer in it counts', () => {
  const both = read(object('REPLY', 'UID:1') + object('REPLY', 'UID:2'));
  expect([both.method, both.events.map((event) => event.uid)]).toEqual(['REPLY', ['1', '2']]);
  const mixed = read(object('PUBLISH', 'UID:1') + object('REPLY', 'UID:2'));
  expect([mixed.method, mixed.events.map((event) => event.uid)]).toEqual(['REPLY', ['2']]);
  const strange = read(object('PUBLISH', 'UID:1') + object('CANCEL', 'UID:2'));
  expect([strange.method, strange.events.map((event) => event.uid)]).toEqual(['PUBLISH', ['1']]);
});

test('what a mailing list writes behind the object does not spoil it, in front and inside it does', () => {
  const footer = '_____________\r\n名单 mailing list -- list@lists.example\r\n';
  expect(read(object('REPLY', 'UID:1') + footer).events.map((event) => event.uid)).toEqual(['1']);
  expect(() => read(footer + object('REPLY', 'UID:1'))).toThrow('Not a content line');
  expect(() => read(object('REPLY', 'UID:1', '____'))).toThrow('Not a content line');
  expect(() => read('BEGIN:VCARD\r\nVERSION:3.0\r\nEND:VCARD\r\n')).toThrow('No calendar in the part');
});

test('a broken property of a vendor spoils nothing, any other one does', () => {
  expect(eventOf('X-A;B=C; D;E=f:g', 'X-B', 'UID:1').uid).toBe('1');
  expect(() => eventOf('SUMMARY;B=C; D;E=f:g', 'UID:1')).toThrow('Not a content line');
  expect(() => eventOf('X-A.B:c', 'UID:1')).toThrow('Not a content line');
});

test('an empty calendar is one, and of a large one only answers are all read', () => {
  expect(read('\r\nBEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n\r\n')).toEqual({ method: '', events: [] });
  const many = 'UID:1\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\n'.repeat(600);
  expect(read(object('PUBLISH', `${many}UID:2`)).events).toHaveLength(500);
  expect(read(object('REPLY', `${many}UID:2`)).events).toHaveLength(601);
});

test('addresses are read as clients write them', () => {
  expect(addressesOf('ATTENDEE:mailto:<Zhang@x.example>')).toEqual(['zhang@x.example']);
  expect(addressesOf('ATTENDEE;EMAIL=zhang@x.example:mailto:2_GE@imip.me.example')).toEqual([
    '2_ge@imip.me.example',
    'zhang@x.example',
  ]);
  expect(addressesOf('ATTENDEE;EMAIL=zhang@x.example:/aMTg/principal/')).toEqual(['zhang@x.example']);
  expect(addressesOf('ATTENDEE:mailto:zhang%00@x.example')).toEqual([]);
  expect(addressesOf('ATTENDEE:mailto:zhang@x.example%0D%0ABcc:m@evil.example')).toEqual([]);
  expect(addressesOf('ATTENDEE:mailto:%ED%A0%80@x.example')).toEqual([]);
  expect(
    eventOf('ATTENDEE;DELEGATED-TO="mailto:a@x.example","mailto:b@x.example":mailto:c@x.example')
      .attendees[0],
  ).toEqual({
    addresses: ['c@x.example'],
    delegates: ['a@x.example', 'b@x.example'],
    partstat: null,
    name: '',
  });
});

test.each([
  ['20260228T060000Z', Date.UTC(2026, 1, 28, 6)],
  ['20280229T060000z', Date.UTC(2028, 1, 29, 6)],
  ['20260229T060000Z', null],
  ['20260231T060000Z', null],
  ['20261301T060000Z', null],
  ['20260310T0600Z', null],
  ['20260310T060000+0800', null],
])('the start %s is %j', (value, instant) => {
  expect(eventOf(`DTSTART:${value}`).start?.instant ?? null).toBe(instant);
});

test.each([
  ['PT2H', 7_200_000],
  ['P1DT30M', 88_200_000],
  ['P2W', 1_209_600_000],
  ['-PT1H', null],
  ['2 hours', null],
])('the duration %s ends after %j ms', (duration, length) => {
  const event = eventOf('DTSTART:20260310T060000Z', `DURATION:${duration}`);
  expect(event.end === null ? null : event.end.instant! - event.start!.instant!).toBe(length);
});

test('a floating start with a duration ends on the same clock', () => {
  const { end } = eventOf('DTSTART:20260331T233000', 'DURATION:PT1H');
  expect(end).toEqual({
    kind: 'time',
    wall: { year: 2026, month: 4, day: 1, hour: 0, minute: 30, second: 0 },
    instant: null,
  });
});

test('a zone that the object defines is found under its name with commas', () => {
  const zone =
    'BEGIN:VTIMEZONE\r\nTZID:(GMT+09:00) 大阪\\, 东京\r\nBEGIN:STANDARD\r\nTZOFFSETTO:+0900\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n';
  const text = object('REPLY', 'DTSTART;TZID="(GMT+09:00) 大阪, 东京":20260310T150000').replace(
    'BEGIN:VEVENT',
    `${zone}BEGIN:VEVENT`,
  );
  expect(read(text).events[0]!.start?.instant).toBe(Date.UTC(2026, 2, 10, 6));
});

test.each([
  ['EST5EDT', '20260310T020000', Date.UTC(2026, 2, 10, 6)],
  ['"UTC+05:30"', '20260310T113000', Date.UTC(2026, 2, 10, 6)],
  ['"tzone://Microsoft/Utc"', '20260310T060000', Date.UTC(2026, 2, 10, 6)],
  ['Nowhere', '20260310T060000', null],
])('a start in %s is an instant', (tzid, value, instant) => {
  const { start } = eventOf(`DTSTART;TZID=${tzid}:${value}`);
  expect([start?.instant, start?.zoneUnknown]).toEqual([instant, instant === null ? true : undefined]);
});

test('an abbreviation means what the object defines', () => {
  const zone =
    'BEGIN:VTIMEZONE\r\nTZID:EST\r\nBEGIN:STANDARD\r\nTZOFFSETTO:-0400\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n';
  const text = object('REPLY', 'DTSTART;TZID=EST:20260310T020000').replace(
    'BEGIN:VEVENT',
    `${zone}BEGIN:VEVENT`,
  );
  expect(read(text).events[0]!.start?.instant).toBe(Date.UTC(2026, 2, 10, 6));
});

test('a note comes from COMMENT, else from the parameter of Google Calendar', () => {
  const attendee = 'ATTENDEE;X-RESPONSE-COMMENT="晚到, 抱歉":mailto:a@x.example';
  expect([eventOf(attendee).comment, eventOf(attendee, 'COMMENT:好').comment]).toEqual(['晚到, 抱歉', '好']);
});

test('several comments are one note, up to its length', () => {
  expect(eventOf('COMMENT:', 'COMMENT:第一\\n行', 'COMMENT:第二').comment).toBe('第一\n行\n第二');
  expect(eventOf(...Array.from({ length: 300 }, () => `COMMENT:${'好'.repeat(100)}`)).comment.length).toBe(
    2000,
  );
});

test('RANGE is told, and a name with an underscore is a name', () => {
  const event = eventOf('RECURRENCE-ID;RANGE=thisandfuture:20260310T060000Z', 'X_VENDOR:1');
  expect([event.andFuture, eventOf('RECURRENCE-ID:20260310T060000Z').andFuture]).toEqual([true, false]);
});

test('UTF-16 is known by its mark, whatever the label says', () => {
  const utf16 = new Uint8Array([
    0xff,
    0xfe,
    ...[...'届时'].flatMap((c) => [c.charCodeAt(0) & 255, c.charCodeAt(0) >> 8]),
  ]);
  expect(decodeCalendarBytes(utf16, 'utf-8')).toBe('届时');
  const swapped = new Uint8Array([
    0xfe,
    0xff,
    ...[...'届时'].flatMap((c) => [c.charCodeAt(0) >> 8, c.charCodeAt(0) & 255]),
  ]);
  expect(decodeCalendarBytes(swapped, 'utf-16')).toBe('届时');
});
