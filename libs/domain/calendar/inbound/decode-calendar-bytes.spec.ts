import { decodeCalendarBytes } from './decode-calendar-bytes.js';

const bytes = (text: string, encoding: BufferEncoding = 'latin1') =>
  new Uint8Array(Buffer.from(text, encoding));
const swapped = (text: string) => new Uint8Array(Buffer.from(text, 'utf16le').swap16());

test.each<[string, Uint8Array, string, string]>([
  ['iso-2022-jp', bytes('X:\u001b$BI,$:\u001b(B!'), 'ISO-2022-JP', 'X:必ず!'],
  ['hz', bytes('X:~{=lJ1~}~~\nY:~{=l\nZ'), 'hz-gb-2312', 'X:届时~\nY:届\nZ'],
  ['hz that goes on', bytes('X:~{=l\r\n J1~}'), 'hz', 'X:届时'],
  ['utf-7', bytes('X:+XEpl9g-, 1 +- 1, +2ELftw-'), 'utf-7', 'X:届时, 1 + 1, 𠮷'],
  ['what utf-7 is not', bytes('mailto:rsvp+key@x.example'), 'utf-7', 'mailto:rsvp+key@x.example'],
  ['UTF-8 that calls itself so', bytes('X:届时', 'utf8'), 'iso-2022-jp', 'X:届时'],
  ['windows-1252', bytes('Caf\u00e9 \u0096 it\u0092s'), 'windows-1252', 'Café – it’s'],
  ['windows-1252 as latin1', bytes('Caf\u00e9 \u0096 it\u0092s'), 'iso-8859-1', 'Café – it’s'],
  ['cp950', bytes('X:\u00a4\u00e5'), 'cp950', 'X:文'],
  ['big5-hkscs', bytes('X:\u00a4\u00e5'), 'big5-hkscs', 'X:文'],
  ['cp932', bytes('X:\u0082\u00a0'), 'cp932', 'X:あ'],
  ['big-endian without a mark', swapped('BEGIN:届时'), 'utf-16', 'BEGIN:届时'],
  ['little-endian without a mark', bytes('BEGIN:届时', 'utf16le'), 'utf-16', 'BEGIN:届时'],
  ['little-endian called big-endian', bytes('BEGIN:届时', 'utf16le'), 'utf-16be', 'BEGIN:届时'],
  ['UTF-8 that calls itself UTF-16', bytes('BEGIN:届时', 'utf8'), 'utf-16', 'BEGIN:届时'],
  ['GBK that calls itself UTF-16', bytes('X:\u00bd\u00ec'), 'utf-16le', 'X:届'],
])('%s is read', (_what, octets, label, text) => {
  expect(decodeCalendarBytes(octets, label)).toBe(text);
});

test.each(['utf-7', 'hz', 'iso-2022-jp', 'windows-1252'])(
  'a quarter of a million octets of %s take no time',
  (label) => {
    const start = performance.now();
    for (const text of ['+', '+A', '~{', '~', '\u001b$B!', '+'.padEnd(262_144, 'A')]) {
      decodeCalendarBytes(bytes(text.repeat(Math.floor(262_144 / text.length))), label);
    }
    expect(performance.now() - start).toBeLessThan(2000);
  },
);
