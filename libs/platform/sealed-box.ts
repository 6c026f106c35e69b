import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Signer } from './secrets.js';

const FORM = 'v1';

/** Keeps secrets of third parties in the database: AES-256-GCM with a key derived from the installation's own. */
@Injectable()
export class SealedBox {
  private readonly key: Buffer;

  constructor(signer: Signer) {
    this.key = Buffer.from(hkdfSync('sha256', signer.sign('sealed-box', FORM), '', 'sealed-box', 32));
  }

  seal(text: string): string {
    const nonce = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', this.key, nonce);
    const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    return [FORM, Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64url')].join('.');
  }

  /** @throws Error when it was sealed with another key or changed since */
  open(sealed: string): string {
    const [form, body = ''] = sealed.split('.');
    if (form !== FORM) throw new Error('Not a sealed text.');
    const bytes = Buffer.from(body, 'base64url');
    const cipher = createDecipheriv('aes-256-gcm', this.key, bytes.subarray(0, 12));
    cipher.setAuthTag(bytes.subarray(12, 28));
    return Buffer.concat([cipher.update(bytes.subarray(28)), cipher.final()]).toString('utf8');
  }
}
