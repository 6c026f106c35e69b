import fc from 'fast-check';
import { isFromAuthenticated, readAuthenticationResults } from './authentication-results.js';

const OURS = ['mx.ours.example'];
const from = (field: string) => isFromAuthenticated('zhang@uni.example.cn', [field], OURS);
const CLAIM = 'dkim=pass header.d=uni.example.cn';

test.each([
  ['a quoted reason', `mx.ours.example; spf=pass reason="x; ${CLAIM}" smtp.mailfrom=m@evil.example`],
  ['a quoted local part', `mx.ours.example; spf=pass smtp.mailfrom="a; ${CLAIM}; b"@evil.example`],
  ['an escaped quote', `mx.ours.example; spf=pass reason="x\\"; ${CLAIM}"`],
  ['a comment', `mx.ours.example; dmarc=none (x; ${CLAIM})`],
  ['a comment with an escaped end', `mx.ours.example; dmarc=none (x\\); ${CLAIM})`],
  [
    'a quote behind white space',
    'mx.ours.example; dkim=pass reason= "header.d=uni.example.cn" header.d=evil.example',
  ],
  [
    'a quote before "="',
    'mx.ours.example; dkim=pass reason="x header.d" =uni.example.cn header.d=evil.example',
  ],
  ['an empty return path', 'mx.ours.example; spf=pass smtp.mailfrom= smtp.helo=m@uni.example.cn'],
  ['a quote that stays open', `mx.ours.example; ${CLAIM}; spf=pass smtp.mailfrom="m@evil.example`],
  ['a comment that stays open', `mx.ours.example; ${CLAIM} (; spf=none`],
])('nothing is proved in %s', (_what, field) => {
  expect(from(field)).toBe(false);
});

test('a broken field of our own server is not passed over for one below it', () => {
  const fields = ['mx.ours.example; spf=pass reason="open', `mx.ours.example; ${CLAIM}`];
  expect(isFromAuthenticated('zhang@uni.example.cn', fields, OURS)).toBe(false);
});

test('what stands in quotes never becomes a result, whatever it says', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 80 }), (said) => {
      const quoted = said.replace(/["\\]/g, (char) => `\\${char}`);
      const { id, results } = readAuthenticationResults(`mx.ours.example; spf=fail reason="${quoted}" x.y=z`);
      expect([id, results.map((one) => [one.method, one.result])]).toEqual([
        'mx.ours.example',
        [['spf', 'fail']],
      ]);
      expect(results[0]!.properties['reason']).toBe(said.toLowerCase());
    }),
  );
});

test('a domain is one whether it is written in Unicode or in A-labels', () => {
  const field = 'mx.ours.example; dmarc=pass header.from=例子.中国';
  expect(isFromAuthenticated('zhang@xn--fsqu00a.xn--fiqs8s', [field], OURS)).toBe(true);
  expect(isFromAuthenticated('zhang@xn--fsqu00a.xn--fiqz9s', [field], OURS)).toBe(false);
});

const fromAll = (...fields: string[]) =>
  isFromAuthenticated(
    'zhang@uni.example.cn',
    fields.map((field) => (field.startsWith('mx.') ? field : `mx.ours.example; ${field}`)),
    OURS,
  );
const DMARC = 'dmarc=pass header.from=uni.example.cn';

test.each<[string, string[], boolean]>([
  ['fields of one method each', ['spf=pass smtp.mailfrom=m@bounce.example', DMARC], true],
  ['a failure above', ['dmarc=fail header.from=uni.example.cn', DMARC], false],
  ['a failure below', [DMARC, 'spf=none', 'dmarc=fail header.from=uni.example.cn'], false],
  ['a method that is told again below', ['dmarc=none', 'dkim=none', DMARC, CLAIM], false],
  ['a field of another server', ['spf=none', `mx.evil.example; ${DMARC}`], false],
  [
    'a failure that another server tells',
    [`mx.evil.example; dmarc=fail header.from=uni.example.cn`, DMARC],
    true,
  ],
  ['several signatures', ['dkim=fail header.d=list.example; dkim=pass header.d=uni.example.cn'], true],
])('%s', (_what, fields, authenticated) => {
  expect(fromAll(...fields)).toBe(authenticated);
});

test.each([
  'dmarc = pass header.from = uni.example.cn',
  'dmarc= (p=none) pass header.from =uni.example.cn',
  'dmarc (checked) =pass (p=none; x=y) header.from=\tuni.example.cn',
  'dkim=pass header.i= header.d=uni.example.cn',
  'dkim=pass header.b=abc= header.d=uni.example.cn',
])('white space and comments may stand around "=": %s', (field) => {
  expect(from(`mx.ours.example; ${field}`)).toBe(true);
});
