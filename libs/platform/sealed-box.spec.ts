import { SealedBox } from './sealed-box.js';
import { Signer } from './secrets.js';

const box = new SealedBox(new Signer('a key of this installation, long enough'));

test('what was sealed opens again, and looks different every time', () => {
  const sealed = box.seal('密钥 SEC123');
  expect(box.open(sealed)).toBe('密钥 SEC123');
  expect(sealed).not.toContain('SEC123');
  expect(box.seal('密钥 SEC123')).not.toBe(sealed);
});

test('neither another key nor changed text opens', () => {
  const sealed = box.seal('x');
  expect(() => new SealedBox(new Signer('another key of another installation')).open(sealed)).toThrow(
    'authenticate',
  );
  expect(() => box.open(`${sealed.slice(0, -2)}${sealed.endsWith('AA') ? 'BB' : 'AA'}`)).toThrow(
    'authenticate',
  );
  expect(() => box.open('plain')).toThrow('Not a sealed text.');
});
