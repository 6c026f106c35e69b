import { createHash } from 'node:crypto';
import { dingtalkSign, feishuSign } from './sign.js';

/** HMAC by its definition (RFC 2104), so that the library does not vouch for itself. */
function hmac(key: string, message: string): string {
  const sha = (bytes: Buffer) => createHash('sha256').update(bytes).digest();
  const given = Buffer.from(key, 'utf8');
  const block = Buffer.alloc(64);
  (given.length > 64 ? sha(given) : given).copy(block);
  const pad = (octet: number) => Buffer.from(block.map((byte) => byte ^ octet));
  return sha(Buffer.concat([pad(0x5c), sha(Buffer.concat([pad(0x36), Buffer.from(message)]))])).toString(
    'base64',
  );
}

const SECRETS = ['SECabcdef0123456789', '密钥', 's', 'x'.repeat(80)];
const TIMES = [1_650_000_000_000, 1_795_311_200_000];

test.each(SECRETS.flatMap((secret) => TIMES.map((at) => [secret, at] as const)))(
  'secret %j at %d',
  (secret, at) => {
    expect(dingtalkSign(at, secret)).toBe(hmac(secret, `${at}\n${secret}`));
    expect(feishuSign(at / 1000, secret)).toBe(hmac(`${at / 1000}\n${secret}`, ''));
  },
);

test('the two are not the same algorithm', () => {
  expect(dingtalkSign(1_650_000_000, 'demo')).not.toBe(feishuSign(1_650_000_000, 'demo'));
});
