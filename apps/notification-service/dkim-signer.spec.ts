import { createHash, createVerify, generateKeyPairSync } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { DkimSigner } from './dkim-signer.js';
import { writeMessage } from './write-message.js';

let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(path.join(os.tmpdir(), 'duijie-dkim-'));
});
afterAll(() => rm(dir, { recursive: true, force: true }));

const raw = writeMessage({
  from: { name: '对接平台', address: 'noreply@duijie.example' },
  to: { name: '王工', address: 'w@x.example' },
  replyTo: null,
  subject: '需求已发布：高温合金焊接',
  date: new Date('2026-11-22T08:00:00Z'),
  messageId: '<1@duijie.example>',
  inReplyTo: null,
  headers: [
    ['List-Unsubscribe', '<https://duijie.example/api/unsubscribe/t>'],
    ['List-Unsubscribe-Post', 'List-Unsubscribe=One-Click'],
  ],
  text: '正文',
  html: '<p>正文</p>',
  calendar: null,
});

const relaxed = (field: string): string => {
  const at = field.indexOf(':');
  const value = field
    .slice(at + 1)
    .replace(/\r\n/g, '')
    .replace(/[ \t]+/g, ' ')
    .trim();
  return `${field.slice(0, at).toLowerCase().trim()}:${value}`;
};

/** Verification by RFC 6376 §3.4, §3.7 with the relaxed forms, written apart from the signer. */
function verifies(
  signed: string,
  publicKey: string,
): { headers: string[]; body: boolean; signature: boolean } {
  const [head = '', ...rest] = signed.split('\r\n\r\n');
  const body = rest
    .join('\r\n\r\n')
    .replace(/[ \t]+(?=\r\n)/g, '')
    .replace(/[ \t]+/g, ' ')
    .replace(/(\r\n)*$/, '\r\n');
  const fields = head.split(/\r\n(?![ \t])/);
  const own = fields.find((field) => /^dkim-signature:/i.test(field))!;
  const tag = (name: string) =>
    new RegExp(`[;: \\t\\n]${name}=([^;]*)`).exec(own.replace(/\r\n/g, ''))![1]!.replace(/\s/g, '');
  const headers = tag('h').toLowerCase().split(':');
  const input = headers
    .flatMap((name) => fields.findLast((field) => field.toLowerCase().startsWith(`${name}:`)) ?? [])
    .map((field) => `${relaxed(field)}\r\n`)
    .join('');
  const bare = relaxed(own.replace(/([;\s]b=)[^;]*/, '$1'));
  const signature = createVerify('sha256')
    .update(input + bare)
    .verify(publicKey, tag('b'), 'base64');
  return {
    headers,
    body: createHash('sha256').update(body, 'latin1').digest('base64') === tag('bh'),
    signature,
  };
}

test('the signature holds, and covers what one-click unsubscribing needs', async () => {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  const keyFile = path.join(dir, 'key.pem');
  await writeFile(keyFile, privateKey);
  const signer = new DkimSigner({ domain: 'duijie.example', selector: 's1', keyFile });
  const signed = (await signer.sign(raw)).toString('latin1');
  expect(signed).not.toMatch(/\r(?!\n)|(?<!\r)\n/);
  const found = verifies(signed, publicKey);
  expect([found.body, found.signature]).toEqual([true, true]);
  expect(found.headers).toEqual(
    expect.arrayContaining([
      'from',
      'to',
      'subject',
      'date',
      'message-id',
      'list-unsubscribe',
      'list-unsubscribe-post',
    ]),
  );
  expect(verifies(signed.replace('One-Click', 'One-Clack'), publicKey).signature).toBe(false);
});
