import { Readable, Transform } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import fc from 'fast-check';
import { WireMessage, wireForm } from './wire-message.js';

/** What a server makes of DATA (RFC 5321 §4.5.2), written as the standard says it; null when it never ends. */
function received(wire: string): { message: string; rest: string } | null {
  const lines = wire.split('\r\n');
  const end = lines.indexOf('.');
  if (end < 0) return null;
  const message = lines.slice(0, end).map((line) => `${line.startsWith('.') ? line.slice(1) : line}\r\n`);
  return { message: message.join(''), rest: lines.slice(end + 1).join('\r\n') };
}

const line = fc.oneof(
  fc.constantFrom('', '.', '..', '.x', '. '),
  fc.string({ unit: fc.constantFrom('.', 'a', ' ', '\u00e9', '=') }),
);

test('a server receives every line as it was, and nothing after the end', () => {
  fc.assert(
    fc.property(fc.array(line, { minLength: 1 }), fc.boolean(), (lines, ended) => {
      const message = lines.join('\r\n') + (ended ? '\r\n' : '');
      const wire = wireForm(Buffer.from(message, 'latin1')).toString('latin1');
      expect(received(wire)).toEqual({
        message: message.endsWith('\r\n') ? message : `${message}\r\n`,
        rest: '',
      });
    }),
    { numRuns: 500 },
  );
});

test('it goes past the transform it is piped into', async () => {
  const looked: Buffer[] = [];
  const transform = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      looked.push(chunk);
      done(null, chunk);
    },
  });
  const message = new WireMessage(wireForm(Buffer.from('Subject: s\r\n\r\n.\r\n')));
  expect(message).toBeInstanceOf(Readable);
  message.pipe(transform);
  expect(String(await buffer(transform))).toBe('Subject: s\r\n\r\n..\r\n.\r\n');
  expect(looked).toEqual([]);
});
