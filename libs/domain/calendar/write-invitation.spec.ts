import fc from 'fast-check';
import { canonicalInvitation } from './canonical-invitation.js';
import type { CalendarInvitation } from './invitation.js';
import { InvalidInvitationError } from './invitation.js';
import { readInvitation } from './read-invitation.js';
import { validateItip } from './validate-itip.js';
import { writeInvitation } from './write-invitation.js';

const invitation: CalendarInvitation = {
  method: 'REQUEST',
  uid: '7c1e9a40@duijie.example',
  sequence: 2,
  stampedAt: new Date('2026-11-01T02:03:04Z'),
  start: new Date('2026-11-22T06:00:00Z'),
  end: new Date('2026-11-22T07:30:00Z'),
  timeZone: 'Asia/Shanghai',
  summary: '海洋装备对接会; 第3场, 上午',
  description: '第一行\n第二行 \\ 完',
  location: '创新中心 3 楼 301 室',
  url: 'https://duijie.example/events/7;a=1,2?b=c',
  organizer: { name: '区科技局 "对接"', email: 'rsvp+abc@duijie.example' },
  attendees: [{ name: '王工, 海洋所', email: 'wang@institute.example' }],
  status: 'CONFIRMED',
  reminders: [1440, 30],
  createdAt: new Date('2026-10-01T00:00:00Z'),
  lastModifiedAt: new Date('2026-10-31T23:59:59Z'),
  cancelledWhole: false,
};

test('a request is written exactly', () => {
  expect(writeInvitation(invitation).split('\r\n')).toEqual([
    'BEGIN:VCALENDAR',
    'PRODID:-//Duijie//Calendar 1.0//ZH',
    'VERSION:2.0',
    'CALSCALE:GREGORIAN',
    'METHOD:REQUEST',
    'BEGIN:VTIMEZONE',
    'TZID:Asia/Shanghai',
    'BEGIN:STANDARD',
    'DTSTART:19700101T000000',
    'TZOFFSETFROM:+0800',
    'TZOFFSETTO:+0800',
    'TZNAME:CST',
    'END:STANDARD',
    'END:VTIMEZONE',
    'BEGIN:VEVENT',
    'UID:7c1e9a40@duijie.example',
    'DTSTAMP:20261101T020304Z',
    'SEQUENCE:2',
    'DTSTART;TZID=Asia/Shanghai:20261122T140000',
    'DTEND;TZID=Asia/Shanghai:20261122T153000',
    'SUMMARY:海洋装备对接会\\; 第3场\\, 上午',
    'LOCATION:创新中心 3 楼 301 室',
    'URL:https://duijie.example/events/7;a=1,2?b=c',
    'DESCRIPTION:第一行\\n第二行 \\\\ 完',
    'ORGANIZER;CN=区科技局 ’对接’:mailto:rsvp+abc@duijie.example',
    'ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP',
    ' =TRUE;CN="王工, 海洋所":mailto:wang@institute.example',
    'STATUS:CONFIRMED',
    'TRANSP:OPAQUE',
    'X-MICROSOFT-CDO-BUSYSTATUS:BUSY',
    'CREATED:20261001T000000Z',
    'LAST-MODIFIED:20261031T235959Z',
    'BEGIN:VALARM',
    'ACTION:DISPLAY',
    'DESCRIPTION:海洋装备对接会\\; 第3场\\, 上午',
    'TRIGGER:-PT30M',
    'END:VALARM',
    'BEGIN:VALARM',
    'ACTION:DISPLAY',
    'DESCRIPTION:海洋装备对接会\\; 第3场\\, 上午',
    'TRIGGER:-P1D',
    'END:VALARM',
    'END:VEVENT',
    'END:VCALENDAR',
    '',
  ]);
});

test('cancelling the whole event says CANCELLED and has no alarm', () => {
  const text = writeInvitation({ ...invitation, method: 'CANCEL', cancelledWhole: true });
  expect(text).toContain('\r\nSTATUS:CANCELLED\r\n');
  expect(text).toContain('\r\nBEGIN:VTIMEZONE\r\n');
  expect(text).not.toContain('VALARM');
  expect(validateItip(text)).toEqual([]);
});

test('uninviting one attendee carries no STATUS', () => {
  const text = writeInvitation({ ...invitation, method: 'CANCEL' });
  expect(text).not.toMatch(/^STATUS:/m);
  expect(text).toContain('RSVP\r\n =FALSE');
  expect(validateItip(text)).toEqual([]);
});

test('a published event names no attendee and may stay as cancelled', () => {
  const text = writeInvitation({ ...invitation, method: 'PUBLISH', cancelledWhole: true });
  expect(text).not.toContain('ATTENDEE');
  expect(text).toContain('\r\nSTATUS:CANCELLED\r\n');
  expect(validateItip(text)).toEqual([]);
});

test('an event in UTC has no VTIMEZONE', () => {
  const text = writeInvitation({ ...invitation, timeZone: 'UTC' });
  expect(text).toContain('\r\nDTSTART:20261122T060000Z\r\n');
  expect(text).not.toContain('TZID');
  expect(validateItip(text)).toEqual([]);
});

test('the same address in two spellings is one attendee', () => {
  const twice = [...invitation.attendees, { name: 'again', email: 'WANG@institute.example' }];
  expect(readInvitation(writeInvitation({ ...invitation, attendees: twice })).attendees).toEqual([
    {
      name: '王工, 海洋所',
      email: 'wang@institute.example',
      partstat: 'NEEDS-ACTION',
      role: 'REQ-PARTICIPANT',
      rsvp: true,
      cutype: 'INDIVIDUAL',
    },
  ]);
});

test.each<[string, Partial<CalendarInvitation>]>([
  ['uid', { uid: 'a\r\nATTENDEE:mailto:x@y.example' }],
  ['uid', { uid: 'a'.repeat(256) }],
  ['uid', { uid: '' }],
  ['end', { end: invitation.start }],
  ['start', { start: new Date(NaN) }],
  ['sequence', { sequence: -1 }],
  ['cancelledWhole', { cancelledWhole: true }],
  ['attendees', { attendees: [] }],
  ['attendees.email', { attendees: [{ name: 'x', email: 'a@b.example\r\nX:1' }] }],
  ['organizer.email', { organizer: { name: 'x', email: 'nobody' } }],
  ['url', { url: 'javascript:alert(1)' }],
  ['url', { url: 'not an address' }],
  ['reminders', { reminders: [0] }],
])('%s that breaks a rule is refused', (field, change) => {
  expect(() => writeInvitation({ ...invitation, ...change })).toThrow(
    expect.objectContaining({ name: 'InvalidInvitationError', field }),
  );
});

test.each(['', 'BEGIN:VCALENDAR', 'BEGIN:VCARD\r\nEND:VCARD\r\n', 'BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n'])(
  'reading %j fails with a typed error',
  (text) => {
    expect(() => readInvitation(text)).toThrow(InvalidInvitationError);
  },
);

test('an event of another writer is read: Windows zone name, DURATION, upper-case scheme', () => {
  const text = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'METHOD:REQUEST',
    'BEGIN:VEVENT',
    'UID:1',
    'DTSTAMP:20261101T000000Z',
    'DTSTART;TZID=China Standard Time:20261122T140000',
    'DURATION:PT1H',
    'ORGANIZER:MAILTO:a@b.example',
    'ATTENDEE;PARTSTAT=accepted:MAILTO:c@d.example',
    'END:VEVENT',
    'END:VCALENDAR',
  ].join('\r\n');
  const read = readInvitation(text);
  expect([read.start.toISOString(), read.end.toISOString(), read.timeZone]).toEqual([
    '2026-11-22T06:00:00.000Z',
    '2026-11-22T07:00:00.000Z',
    'Asia/Shanghai',
  ]);
  expect(read.organizer).toEqual({ name: '', email: 'a@b.example' });
  expect(read.attendees.map(({ email, partstat }) => [email, partstat])).toEqual([
    ['c@d.example', 'ACCEPTED'],
  ]);
});

const wildCharacter = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: 0x4e00, max: 0x9fff }).map((c) => String.fromCodePoint(c)) },
  { weight: 2, arbitrary: fc.constantFrom('🚢', '🧪', '👩‍🔬', '𠮷', 'é', '\u2028', '\u0085', '\uFEFF') },
  {
    weight: 3,
    arbitrary: fc.constantFrom('\r', '\n', '\r\n', '\\', ';', ',', ':', '"', '^', '\t', '\0', '\u001b', ' '),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom('\\n', '^n', 'END:VEVENT', '\r\nATTENDEE:mailto:evil@x.example\r\n'),
  },
  { weight: 1, arbitrary: fc.constantFrom('\uD800', '\uDFFF') },
  { weight: 2, arbitrary: fc.string({ maxLength: 4 }) },
);
const wildText = fc.array(wildCharacter, { maxLength: 90 }).map((parts) => parts.join(''));
const address = fc
  .tuple(fc.stringMatching(/^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,20}$/), fc.stringMatching(/^[a-z0-9]{1,10}$/))
  .map(([local, domain]) => `${local}@${domain}.example`);
const instant = fc
  .integer({ min: Date.UTC(1992, 0, 1), max: Date.UTC(2100, 0, 1) })
  .map((ms) => new Date(ms));

const wildInvitation: fc.Arbitrary<CalendarInvitation> = fc
  .record({
    method: fc.constantFrom('REQUEST' as const, 'CANCEL' as const, 'PUBLISH' as const),
    uid: fc.stringMatching(/^[\x21-\x7E]{1,255}$/),
    sequence: fc.nat(),
    stampedAt: instant,
    start: instant,
    minutes: fc.integer({ min: 1, max: 100_000 }),
    timeZone: fc.constantFrom('Asia/Shanghai' as const, 'UTC' as const),
    summary: wildText,
    description: wildText,
    location: wildText,
    url: fc.oneof(fc.constant(''), fc.webUrl({ withFragments: true, withQueryParameters: true })),
    organizer: fc.record({ name: wildText, email: address }),
    attendees: fc.array(
      fc.record({
        name: wildText,
        email: address,
        partstat: fc.constantFrom('NEEDS-ACTION' as const, 'ACCEPTED' as const, 'DECLINED' as const),
        role: fc.constantFrom('CHAIR' as const, 'REQ-PARTICIPANT' as const),
        rsvp: fc.boolean(),
        cutype: fc.constantFrom('INDIVIDUAL' as const, 'ROOM' as const),
      }),
      { minLength: 1, maxLength: 5 },
    ),
    status: fc.constantFrom('CONFIRMED' as const, 'TENTATIVE' as const),
    reminders: fc.array(fc.integer({ min: 1, max: 20_000 }), { maxLength: 3 }),
    createdAt: instant,
    lastModifiedAt: instant,
    cancels: fc.boolean(),
  })
  .map(({ minutes, cancels, ...rest }) => ({
    ...rest,
    end: new Date(rest.start.getTime() + minutes * 60_000),
    cancelledWhole: cancels && rest.method !== 'REQUEST',
  }));

test('reading what was written gives the canonical invitation, and its bytes are valid', () => {
  fc.assert(
    fc.property(wildInvitation, (inv) => {
      const text = writeInvitation(inv);
      expect(validateItip(new TextEncoder().encode(text))).toEqual([]);
      expect(readInvitation(text)).toEqual(canonicalInvitation(inv));
    }),
    { numRuns: 400 },
  );
});

test('canonical form is a fixed point and unfolding restores every line', () => {
  fc.assert(
    fc.property(wildInvitation, (inv) => {
      const once = canonicalInvitation(inv);
      expect(canonicalInvitation(once)).toEqual(once);
      const text = writeInvitation(inv);
      const names = text
        .replaceAll('\r\n ', '')
        .split('\r\n')
        .map((line) => line.split(/[;:]/)[0]);
      expect(names.filter((name) => name === 'ATTENDEE').length).toBe(once.attendees.length);
      expect(names.filter((name) => name === 'BEGIN').length).toBe(
        2 + (once.timeZone === 'UTC' ? 0 : 2) + once.reminders.length,
      );
    }),
  );
});

test('a backslash in an address is percent-encoded', () => {
  const written = writeInvitation({ ...invitation, url: 'https://duijie.example/a?path=C:\\x#b\\c' });
  expect(written).toContain('URL:https://duijie.example/a?path=C:%5Cx#b%5Cc\r\n');
  expect(validateItip(written)).toEqual([]);
});
