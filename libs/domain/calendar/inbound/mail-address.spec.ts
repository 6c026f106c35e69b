import fc from 'fast-check';
import { mailboxAddress } from './mail-address.js';

test.each([
  [' <Zhang.San@Uni.Example> ', 'zhang.san@uni.example'],
  ['zhang@例子.中国', 'zhang@xn--fsqu00a.xn--fiqs8s'],
  ['张三@例子.中国', '张三@xn--fsqu00a.xn--fiqs8s'],
  ['zhang+work@uni.example', 'zhang+work@uni.example'],
  ['zhang\0@uni.example', ''],
  ['zhang@uni.example\r\nBcc: m@evil.example', ''],
  ['zhang', ''],
  ['@uni.example', ''],
  ['zhang@', ''],
  [`${'a'.repeat(400)}@uni.example`, ''],
])('%j is %j', (text, address) => {
  expect(mailboxAddress(text)).toBe(address);
});

test('an address stays itself when it is read again, and never breaks a header', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 40 }), fc.domain(), (local, domain) => {
      const address = mailboxAddress(`${local}@${domain}`);
      expect(mailboxAddress(address)).toBe(address);
      expect(address).not.toMatch(/[\r\n\0<>]/);
    }),
  );
});
