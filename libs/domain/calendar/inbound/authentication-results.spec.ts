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
