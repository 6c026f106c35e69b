import fc from 'fast-check';
import { simpleParser } from 'mailparser';
import { writeMessage, type Message } from './write-message.js';

const message = (over: Partial<Message>): Message => ({
  from: { name: '', address: 'noreply@duijie.example' },
  to: { name: '', address: 'w@x.example' },
  replyTo: null,
  subject: 's',
  date: new Date('2026-11-22T08:00:00Z'),
  messageId: '<1@duijie.example>',
  inReplyTo: null,
  headers: [],
  text: 't',
  html: '<p>h</p>',
  calendar: null,
  ...over,
});

// oxlint-disable-next-line no-control-regex -- control characters are what is looked for
const clean = (text: string): string => text.replace(/[\u0000-\u001f\u007f]+/g, ' ').trim();

test('any name and text comes back as it went in, in lines that every server takes', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.string({ unit: 'grapheme', maxLength: 120 }),
      fc.string({ unit: 'grapheme' }),
      async (name, text) => {
        const bytes = writeMessage(message({ to: { name, address: 'w@x.example' }, subject: name, text }));
        const mail = await simpleParser(bytes);
        const lines = bytes.toString('latin1').split('\r\n');
        expect(lines.every((line) => line.length <= 998 && !/[\r\n]/.test(line))).toBe(true);
        expect(mail.subject ?? '').toBe(clean(name));
        const [to] = Array.isArray(mail.to) ? mail.to : [mail.to!];
        expect(to!.value).toEqual([{ address: 'w@x.example', name: clean(name) }]);
        expect((mail.text ?? '').trim()).toBe(text.replace(/\r\n?/g, '\n').trim());
      },
    ),
    { numRuns: 60 },
  );
});

test('no name, subject or header breaks out of its line', async () => {
  const evil = 'x\r\nBcc: all@x.example\r\n\r\nbody';
  const bytes = writeMessage(
    message({
      from: { name: evil, address: 'a@x.example\r\nBcc: b@x.example' },
      subject: evil,
      messageId: '<1@x.example>\n.\r\nMAIL FROM:<c@x.example>',
      inReplyTo: '<0@x.example>\r.\r\nBcc: c@x.example',
      headers: [['X-Note', evil]],
    }),
  );
  // Nothing after it mends line ends: a lone one would let some servers end the message there (SMTP smuggling).
  expect(
    bytes
      .toString('latin1')
      .split('\r\n')
      .filter((line) => /[\r\n]|^\./.test(line)),
  ).toEqual([]);
  const mail = await simpleParser(bytes);
  expect(mail.bcc).toBeUndefined();
  expect(mail.headers.get('x-note')).toBe('x Bcc: all@x.example body');
});

test('the tree of an invitation, with both copies alike', async () => {
  const content = Buffer.from('BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n');
  const mail = await simpleParser(writeMessage(message({ calendar: { method: 'CANCEL', content } })));
  expect(
    mail.attachments.map((part) => [part.contentType, part.filename, part.content.equals(content)]),
  ).toEqual([
    ['text/calendar', undefined, true],
    ['application/ics', 'cancel.ics', true],
  ]);
});
