import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Config } from '#config/config.js';

/** Makes and checks signatures of tickets and links. One key, kept apart by purpose. */
export class Signer {
  constructor(private readonly key: string) {}

  /** 128-bit HMAC-SHA256 of `value` for one purpose, base64url (22 characters). */
  sign(purpose: string, value: string): string {
    return createHmac('sha256', this.key)
      .update(`${purpose}\n${value}`)
      .digest()
      .subarray(0, 16)
      .toString('base64url');
  }

  verify(purpose: string, value: string, signature: string): boolean {
    const expected = Buffer.from(this.sign(purpose, value));
    const given = Buffer.from(signature);
    return expected.length === given.length && timingSafeEqual(expected, given);
  }
}

/** The signer of this installation: APP_SECRET, else a key generated once and kept in `<dataDir>/app-secret`. */
export async function loadSigner(config: Pick<Config, 'appSecret' | 'dataDir'>): Promise<Signer> {
  if (config.appSecret !== null) return new Signer(config.appSecret);
  const file = path.join(config.dataDir, 'app-secret');
  const kept = await readFile(file, 'utf8').catch(() => null);
  if (kept !== null && kept.length >= 32) return new Signer(kept);
  await mkdir(config.dataDir, { recursive: true });
  const key = randomBytes(32).toString('hex');
  await writeFile(file, key, { mode: 0o600 });
  return new Signer(key);
}
