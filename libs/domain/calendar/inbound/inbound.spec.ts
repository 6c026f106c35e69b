import fc from 'fast-check';
import { isFromAuthenticated } from './authentication-results.js';
import { authoriseReply } from './authorise-reply.js';
import { decodeCalendarBytes } from './decode-calendar-bytes.js';
import { classifyBounce, isPermanent } from './classify-bounce.js';
import { readDeliveryStatus } from './delivery-report.js';
import { readItipMessage } from './itip-message.js';
import { parseInboundLine, readCalendarObjects, UnreadableCalendarError } from './read-calendar-lines.js';
import { replyAddress, replyKeyOf } from './reply-address.js';

const bytes = (text: string) => new TextEncoder().encode(text);
const OURS = ['mx.ours.example'];

test.each<[string, string[], boolean]>([
  ['DMARC passed', ['mx.ours.example; dmarc=pass header.from=uni.example.cn'], true],
  [
    'DMARC failed beside DKIM',
    ['mx.ours.example; dkim=pass header.d=uni.example.cn; dmarc=fail header.from=uni.example.cn'],
    false,
  ],
  [
    'no DMARC but aligned DKIM',
    ['mx.ours.example; dmarc=none; dkim=pass (2048-bit; x) header.d=uni.example.cn'],
    true,
  ],
  ['DKIM of somebody else', ['mx.ours.example; dkim=pass header.d=evil.example'], false],
  ['aligned SPF', ['mx.ours.example; spf=pass smtp.mailfrom=a@mail.uni.example.cn'], false],
  ['SPF of the parent domain', ['mx.ours.example; spf=pass smtp.mailfrom=a@uni.example.cn'], true],
  ['DMARC for another domain', ['mx.ours.example; dmarc=pass header.from=evil.example'], false],
  ['a foreign server', ['mx.evil.example; dmarc=pass header.from=uni.example.cn'], false],
  [
    'a forged field below ours',
    ['mx.ours.example; dmarc=fail', 'mx.ours.example; dmarc=pass header.from=uni.example.cn'],
    false,
  ],
  [
    'ours named in a comment',
    ['mx.evil.example (mx.ours.example); dmarc=pass header.from=uni.example.cn'],
    false,
  ],
  ['a top-level domain', ['mx.ours.example; dkim=pass header.d=cn'], false],
])('%s', (_what, fields, expected) => {
  expect(isFromAuthenticated('zhang@uni.example.cn', fields, OURS)).toBe(expected);
});

test('two From addresses prove nothing', () => {
  const headers = [['authentication-results', 'mx.ours.example; dmarc=pass']] as const;
  const facts = { from: ['a@x.example', 'b@x.example'], to: [], deliveredTo: [], headers };
  const trust = { mailbox: 'rsvp@ours.example', authservIds: OURS, authenticatedSender: null };
  const attendee = { addresses: ['a@x.example'], replyKey: 'k' };
  expect(authoriseReply(facts, [], attendee, trust)).toEqual({
    granted: false,
    reason: 'not one From address',
  });
});

test('a reply address gives its key back, whatever its case', () => {
  expect(replyKeyOf(replyAddress('rsvp@ours.example', 'abc').toUpperCase(), 'rsvp@ours.example')).toBe('abc');
  expect(replyKeyOf('RSVP@ours.example', 'rsvp@ours.example')).toBe('');
  expect(replyKeyOf('rsvpx@ours.example', 'rsvp@ours.example')).toBeNull();
  expect(replyKeyOf('rsvp+abc@evil.example', 'rsvp@ours.example')).toBeNull();
  expect(replyKeyOf('rsvp+abc@xn--fsqu00a.xn--fiqs8s', 'rsvp@例子.中国')).toBe('abc');
});

test('octets are unfolded before they are decoded, at any place and with any line end', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 }),
      fc.array(fc.nat(), { maxLength: 6 }),
      fc.constantFrom('\r\n', '\n', '\r', '\r\r\n'),
      (raw, cuts, end) => {
        const text = `SUMMARY:${raw.replace(/[\r\n\0\uFEFF]/g, '')}`;
        let octets = [...bytes(text)];
        // From the back, so that earlier places stay where they are.
        for (const cut of cuts.map((place) => place % octets.length).sort((a, b) => b - a)) {
          octets = [...octets.slice(0, cut), ...bytes(`${end} `), ...octets.slice(cut)];
        }
        expect(decodeCalendarBytes(new Uint8Array(octets), 'gbk')).toBe(text);
      },
    ),
  );
});

test('Chinese encodings are read as labelled, and without a label', () => {
  const gb = new Uint8Array([0xbd, 0xec, 0xca, 0xb1, 0xb2, 0xce, 0xbc, 0xd3]);
  expect([decodeCalendarBytes(gb, 'gb2312'), decodeCalendarBytes(gb, null)]).toEqual([
    '届时参加',
    '届时参加',
  ]);
  expect(decodeCalendarBytes(bytes('届时参加'), 'gbk')).toBe('届时参加');
  expect(decodeCalendarBytes(new Uint8Array([0xff, 0xfe, 0x4a, 0x5c]), 'utf-16le')).toBe('届');
});

test('lines are read as clients write them', () => {
  expect(parseInboundLine('ATTENDEE;CN=Li, Si;PARTSTAT=ACCEPTED:mailto:a@x.example')).toEqual({
    name: 'ATTENDEE',
    parameters: { CN: 'Li, Si', PARTSTAT: 'ACCEPTED' },
    value: 'mailto:a@x.example',
  });
  expect(parseInboundLine('ATTENDEE;MEMBER="mailto:a","mailto:b":mailto:c@x.example')?.value).toBe(
    'mailto:c@x.example',
  );
  expect(parseInboundLine('ATTENDEE;CN="a;b:c":mailto:c@x.example')?.parameters).toEqual({ CN: 'a;b:c' });
  expect(parseInboundLine("X;CN=^'a^'^n^^:v")?.parameters).toEqual({ CN: '"a"\n^' });
  expect(parseInboundLine('ATTENDEE;CN="Li "Sam" Si";ROLE=CHAIR:mailto:c@x.example')?.parameters).toEqual({
    CN: 'Li Sam Si',
    ROLE: 'CHAIR',
  });
  expect(parseInboundLine('X;CN="a:b:c')?.value).toBe('b:c');
  expect(parseInboundLine('ORGANIZER="mailto:a@x.example"')?.value).toBe('mailto:a@x.example');
  expect([parseInboundLine('no line'), parseInboundLine(';A=b:c'), parseInboundLine('A;;:c')]).toEqual([
    null,
    null,
    null,
  ]);
});

test.each([
  'X-DES.CRIPTION:a',
  'DES.CRIPTION:a',
  'X;P="a"b:c',
  'X;P=b"a":c',
  'X;P="a","b"c:d',
  'X;P="a:b:c',
  'X=a',
  'X==',
  'X="a" b',
])('%s is no content line', (line) => {
  expect(parseInboundLine(line)).toBeNull();
});

test.each<[string, string, 'malformed' | 'too-large']>([
  ['half an event', 'BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1', 'malformed'],
  ['crossed components', 'BEGIN:VCALENDAR\nBEGIN:VEVENT\nEND:VCALENDAR\nEND:VEVENT', 'malformed'],
  ['a nest', 'BEGIN:X\n'.repeat(40), 'too-large'],
  ['too many lines', 'X:1\n'.repeat(30_000), 'too-large'],
  ['a parameter bomb', `BEGIN:VCALENDAR\nX${';P=1'.repeat(100)}:1\nEND:VCALENDAR`, 'too-large'],
])('%s is refused', (_what, text, fault) => {
  const read = () => readCalendarObjects(text);
  expect(read).toThrow(UnreadableCalendarError);
  expect(read).toThrow(expect.objectContaining({ fault }));
});

test('any octets are read or refused, never more', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), (noise) => {
      const text = new TextDecoder('latin1').decode(noise);
      const object = bytes(
        `BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nBEGIN:VEVENT\r\n${text}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n`,
      );
      try {
        expect(readItipMessage(object, null).events.length).toBeLessThan(60);
      } catch (error) {
        expect(error).toBeInstanceOf(UnreadableCalendarError);
      }
    }),
  );
});

test('times are instants in the zones of all writers, and unknown zones have none', () => {
  const read = (line: string) =>
    readItipMessage(bytes(`BEGIN:VCALENDAR\nBEGIN:VEVENT\n${line}\nEND:VEVENT\nEND:VCALENDAR`), null)
      .events[0]!.recurrenceId;
  const at = Date.UTC(2026, 2, 17, 6);
  expect(
    [
      'RECURRENCE-ID:20260317T060000Z',
      'RECURRENCE-ID;TZID=Asia/Shanghai:20260317T140000',
      'RECURRENCE-ID;TZID="China Standard Time":20260317T140000',
      'RECURRENCE-ID;TZID=/freeassociation.sourceforge.net/Asia/Shanghai:20260317T140000',
      'RECURRENCE-ID;TZID=America/New_York:20260317T020000',
      'RECURRENCE-ID;TZID=Asia/Beijing:20260317T140000',
      'RECURRENCE-ID;TZID="UTC+08:00":20260317T140000',
      'RECURRENCE-ID;TZID=GMT-3:20260317T030000',
      'RECURRENCE-ID;TZID=Nowhere:20260317T140000',
      'RECURRENCE-ID:20260317T140000',
    ].map((line) => read(line)?.instant),
  ).toEqual([at, at, at, at, at, at, at, at, null, null]);
  expect(read('RECURRENCE-ID;VALUE=DATE:20260317')?.kind).toBe('date');
});

test.each([
  ['5.1.1', '550 5.1.1 user unknown', 'address', true],
  ['5.0.0', '550 Ip frequency limited', 'throttle', false],
  ['5.7.1', '550 DMARC check failed', 'throttle', false],
  ['5.2.2', '552 mailbox full', 'mailbox-full', true],
  ['4.4.1', 'timed out', 'transient', false],
  ['5.7.26', 'message refused', 'policy', true],
  ['5.4.6', '554 5.4.6 Too many hops', 'unknown', true],
])('%s %s is %s', (status, diagnostic, bounceClass, permanent) => {
  const text = `Final-Recipient: rfc822; A@x.example\nAction: failed\nStatus: ${status}\nDiagnostic-Code: smtp; ${diagnostic}\n`;
  const [report] = readDeliveryStatus(`Reporting-MTA: dns; x\n\n${text}`);
  expect([report!.recipient, classifyBounce(report!), isPermanent(report!)]).toEqual([
    'a@x.example',
    bounceClass,
    permanent,
  ]);
});
