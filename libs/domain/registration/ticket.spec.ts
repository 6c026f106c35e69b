import fc from 'fast-check';
import { normaliseTicketCode, readTicketQr, ticketCode, ticketQr } from './ticket.js';

const signature = 'abcdefghijklmnopqrst_-';

test('a code can be read back from its QR content, and typed with hyphens in lower case', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 16, maxLength: 16 }), (random) => {
      const code = ticketCode(random);
      expect(code).toMatch(/^[2-9A-HJ-NP-Z]{10}$/);
      expect(readTicketQr(` ${ticketQr(code, signature)}\n`)).toEqual({ code, signature });
      expect(normaliseTicketCode(`${code.slice(0, 5).toLowerCase()} -${code.slice(5)}`)).toBe(code);
    }),
  );
});

test.each([
  '',
  'DJ1.ABCDEFGH23',
  'DJ2.ABCDEFGH23.' + signature,
  'DJ1.ABCDEFGH23.short',
  'https://example.org/DJ1',
])('%p is no ticket', (content) => expect(readTicketQr(content)).toBeNull());
