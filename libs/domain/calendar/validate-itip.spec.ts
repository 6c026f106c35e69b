import fc from 'fast-check';
import { checkObject, validateItip } from './validate-itip.js';

const zone = [
  'BEGIN:VTIMEZONE',
  'TZID:Asia/Shanghai',
  'BEGIN:STANDARD',
  'DTSTART:19700101T000000',
  'TZOFFSETFROM:+0800',
  'TZOFFSETTO:+0800',
  'END:STANDARD',
  'END:VTIMEZONE',
];
const eventLines = [
  'UID:1@duijie.example',
  'DTSTAMP:20261101T000000Z',
  'SEQUENCE:1',
  'DTSTART;TZID=Asia/Shanghai:20261122T140000',
  'DTEND;TZID=Asia/Shanghai:20261122T150000',
  'SUMMARY:会',
  'ORGANIZER;CN=A:mailto:a@b.example',
  'ATTENDEE;PARTSTAT=ACCEPTED:mailto:c@d.example',
];
const alarm = ['BEGIN:VALARM', 'ACTION:DISPLAY', 'DESCRIPTION:x', 'TRIGGER:-PT5M', 'END:VALARM'];

function object(method: string, event: string[], head: string[] = zone): string {
  const lines = ['BEGIN:VCALENDAR', 'PRODID:-//x//y//EN', 'VERSION:2.0', `METHOD:${method}`, ...head];
  return [...lines, 'BEGIN:VEVENT', ...event, 'END:VEVENT', 'END:VCALENDAR', ''].join('\r\n');
}
const rules = (text: string | Uint8Array) => [...new Set(validateItip(text).map(({ rule }) => rule))];
const without = (name: string) => eventLines.filter((line) => !new RegExp(`^${name}[;:]`).test(line));

test.each(['REQUEST', 'REPLY', 'CANCEL'])('a plain %s is valid', (method) => {
  expect(validateItip(object(method, eventLines))).toEqual([]);
});

test.each<[string, string, string[]]>([
  ['REQUEST without ATTENDEE', object('REQUEST', without('ATTENDEE')), ['5546-3.2-missing']],
  ['REQUEST without SUMMARY', object('REQUEST', without('SUMMARY')), ['5546-3.2-missing']],
  ['REQUEST without ORGANIZER', object('REQUEST', without('ORGANIZER')), ['5546-3.2-missing']],
  ['REQUEST saying CANCELLED', object('REQUEST', [...eventLines, 'STATUS:CANCELLED']), ['5546-3.2-status']],
  ['REQUEST-STATUS', object('REQUEST', [...eventLines, 'REQUEST-STATUS:2.0;ok']), ['5546-3.2-excess']],
  ['PUBLISH with ATTENDEE', object('PUBLISH', eventLines), ['5546-3.2-excess']],
  ['REPLY with two ATTENDEE', object('REPLY', [...eventLines, eventLines[7]!]), ['5546-3.2-excess']],
  ['REPLY with an alarm', object('REPLY', [...eventLines, ...alarm]), ['5546-3.2-component']],
  ['CANCEL without SEQUENCE', object('CANCEL', without('SEQUENCE')), ['5546-3.2-missing']],
  ['CANCEL with an alarm', object('CANCEL', [...eventLines, ...alarm]), ['5546-3.2-component']],
  ['CANCEL saying CONFIRMED', object('CANCEL', [...eventLines, 'STATUS:CONFIRMED']), ['5546-3.2-status']],
  [
    'CANCEL of the whole event without attendees',
    object('CANCEL', [...without('ATTENDEE'), 'STATUS:CANCELLED']),
    ['5546-3.2.5-attendees'],
  ],
  [
    'REPLY without PARTSTAT',
    object('REPLY', [...without('ATTENDEE'), 'ATTENDEE:mailto:c@d.example']),
    ['5546-3.2.3-partstat'],
  ],
  ['a zone without VTIMEZONE', object('REQUEST', eventLines, []), ['5545-3.6.5-timezone']],
  ['two equal VTIMEZONE', object('REQUEST', eventLines, [...zone, ...zone]), ['5545-3.6.5-timezone']],
  [
    'DTSTAMP without Z',
    object('REQUEST', [...without('DTSTAMP'), 'DTSTAMP:20261101T000000']),
    ['5545-3.8.7-utc'],
  ],
  ['both DTEND and DURATION', object('REQUEST', [...eventLines, 'DURATION:PT1H']), ['5545-3.6.1-end']],
  ['a floating end', object('REQUEST', [...without('DTEND'), 'DTEND:20261122T150000']), ['5545-3.3.5-time']],
  [
    'an end before the start',
    object('REQUEST', [...without('DTEND'), 'DTEND;TZID=Asia/Shanghai:20261122T130000']),
    ['5545-3.8.2.2-span'],
  ],
  ['an unescaped comma', object('REQUEST', [...eventLines, 'LOCATION:a,b']), ['5545-3.3.11-text']],
  ['an escaped colon', object('REQUEST', [...eventLines, 'LOCATION:a\\:b']), ['5545-3.3.11-text']],
  ['an unknown property', object('REQUEST', [...eventLines, 'TIMEZONE-ID:x']), ['5545-3.8.8-unregistered']],
  [
    'a property after an alarm',
    object('REQUEST', [...eventLines, ...alarm, 'CLASS:PUBLIC']),
    ['5545-3.6-order'],
  ],
  [
    'a PARTSTAT in lower case',
    object('REQUEST', [...without('ATTENDEE'), 'ATTENDEE;PARTSTAT=accepted:mailto:c@d.example']),
    ['5545-3.2-parameter'],
  ],
  [
    'an organizer with PARTSTAT',
    object('REQUEST', [...without('ORGANIZER'), 'ORGANIZER;PARTSTAT=ACCEPTED:mailto:a@b.example']),
    ['5545-3.8.4.3-parameter'],
  ],
  [
    'a DQUOTE inside a CN',
    object('REQUEST', [...without('ORGANIZER'), 'ORGANIZER;CN="a\\"b":mailto:a@b.example']),
    ['5545-3.1-line', '5546-3.2-missing'],
  ],
  ['another method', object('ADD', eventLines), ['5546-1.4-method']],
  ['no final CRLF', object('REQUEST', eventLines).slice(0, -2), ['5545-3.1-crlf']],
  ['bare LF', object('REQUEST', eventLines).replace('\r\nUID', '\nUID'), ['5545-3.1-crlf']],
  ['doubled CR', object('REQUEST', eventLines).replace('\r\nDTSTAMP', '\r\r\nDTSTAMP'), ['5545-3.1-crlf']],
  ['a control character', object('REQUEST', [...eventLines, 'LOCATION:a\u0007b']), ['5545-3.1-control']],
  ['a long line', object('REQUEST', [...eventLines, `LOCATION:${'x'.repeat(67)}`]), ['5545-3.1-octets']],
])('%s is found', (_what, text, expected) => {
  expect(rules(text)).toEqual(expected);
});

test('75 octets are allowed', () => {
  expect(rules(object('REQUEST', [...eventLines, `LOCATION:${'x'.repeat(66)}`]))).toEqual([]);
});

test('a fold inside a character is found', () => {
  const bytes = [...new TextEncoder().encode(object('REQUEST', eventLines))];
  const at = bytes.indexOf(0xe4); // 会 is E4 BC 9A
  const folded = [...bytes.slice(0, at + 1), 13, 10, 32, ...bytes.slice(at + 1)];
  expect(rules(Uint8Array.from(folded))).toContain('5545-3.1-utf8');
});

test('something else than a calendar is refused', () => {
  expect(rules('BEGIN:VCARD\r\nEND:VCARD\r\n')).toEqual(['5545-3.4-object']);
  expect(rules('')).toEqual(['5545-3.4-object']);
});

const parameter = fc.constantFrom(
  'PARTSTAT=ACCEPTED',
  'PARTSTAT=gone',
  'RSVP=TRUE',
  'RSVP=1',
  'CN="a;b"',
  'TZID=X',
  'ROLE=',
);
const personLine = fc
  .tuple(
    fc.constantFrom('ATTENDEE', 'ORGANIZER', 'DESCRIPTION', 'attendee', 'ATTENDEES'),
    fc.uniqueArray(parameter, { maxLength: 3 }),
    fc.constantFrom(
      'mailto:c@d.example',
      'mailto:c',
      'c@d.example',
      'mailto:\r\n e@f.example',
      'mailto:x y@z',
      '"',
    ),
  )
  .map(([name, parameters, value]) => `${[name, ...parameters].join(';')}:${value}`);

test('an object is judged the same whether its like was seen before or not', () => {
  const others = without('ATTENDEE').filter((line) => !line.startsWith('ORGANIZER'));
  let right = 0;
  fc.assert(
    fc.property(
      fc.constantFrom('REQUEST', 'REPLY', 'CANCEL', 'PUBLISH'),
      fc.array(personLine, { maxLength: 3 }),
      fc.array(personLine, { maxLength: 1 }),
      (method, people, inAlarm) => {
        const inEvent = ['ORGANIZER:mailto:a@b.example', ...people, ...others];
        const text = object(method, [...inEvent, ...alarm.slice(0, -1), ...inAlarm, alarm.at(-1)!]);
        const plain = object(method, [...others, ...people, 'ORGANIZER:mailto:a@b.example']);
        for (const one of [text, plain]) {
          const found = checkObject(one);
          if (found.length === 0) right += 1;
          expect(validateItip(one).map(({ rule }) => rule)).toEqual(found.map(({ rule }) => rule));
        }
      },
    ),
    { numRuns: 600, seed: 7 },
  );
  expect(right).toBeGreaterThan(20);
});
