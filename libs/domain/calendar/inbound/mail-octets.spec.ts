import { bodyText, unlabelledText, withLineFeeds, withUtf8Header } from './mail-octets.js';

/** 自动回复 in GBK. */
const GBK = [0xd7, 0xd4, 0xb6, 0xaf, 0xbb, 0xd8, 0xb8, 0xb4];
const octets = (...parts: (string | number[])[]) =>
  new Uint8Array(
    parts.flatMap((part) => (typeof part === 'string' ? [...new TextEncoder().encode(part)] : part)),
  );
const utf8 = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

test('text without a label is UTF-8 when it can be, else GB 18030', () => {
  expect([unlabelledText(octets('回复')), unlabelledText(octets(GBK))]).toEqual(['回复', '自动回复']);
});

test('each line of a header becomes UTF-8, the body stays as it is', () => {
  const body = octets('\r\n', GBK);
  const read = withUtf8Header(octets('From: 张\r\nSubject: ', GBK, '\r\n ', GBK, '\r\nX: a\r\n', [...body]));
  const header = 'From: 张\r\nSubject: 自动回复\r\n 自动回复\r\nX: a\r\n';
  expect(utf8(read.subarray(0, octets(header).length))).toBe(header);
  expect(read.subarray(octets(header).length)).toEqual(body);
});

test.each([
  ['in UTF-8', octets('Subject: 回复\n\n', GBK)],
  ['in neither encoding', octets('Subject: ', [0xff, 0xff], '\n\nx')],
  [
    'with a quote that only we would end',
    octets('From: "', [0x81, 0x5c], '" <a@x.example>, b" <c@y.example>\n\n'),
  ],
  ['with an @ that only we would miss', octets('From: a', [0x81, 0x40], 'x.example\n\n')],
  ['that never ends', octets('Subject: a')],
])('a header %s is left alone', (_what, mail) => {
  expect(withUtf8Header(mail)).toEqual(mail);
});

test('a body begins behind the header, and is cut', () => {
  expect(bodyText(octets('A: b\r\n\r\n', GBK, '\r\n\r\nc'), 100)).toBe('自动回复\r\n\r\nc');
  expect([bodyText(octets('A: b\n\nabc'), 2), bodyText(octets('A: b'), 9)]).toEqual(['ab', '']);
});

test('carriage returns end lines only where nothing else does', () => {
  expect(utf8(withLineFeeds(octets('A: b\r\rc\r')))).toBe('A: b\n\nc\n');
  const usual = octets('A: b\r\n\r\nc\rd');
  expect(withLineFeeds(usual)).toBe(usual);
});
