import { readFile } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import DKIM from 'nodemailer/lib/dkim';
import type { NotificationConfig } from '#config/notification-config.js';

/** Everything that a reader shows or obeys; nodemailer's own list lacks List-Unsubscribe-Post, which RFC 8058 §4 wants. */
const SIGNED_HEADERS = [
  'From',
  'To',
  'Reply-To',
  'Subject',
  'Date',
  'Message-ID',
  'In-Reply-To',
  'References',
  'Auto-Submitted',
  'MIME-Version',
  'Content-Type',
  'List-Id',
  'List-Unsubscribe',
  'List-Unsubscribe-Post',
].join(':');

/** Signs mails for the sender's domain (RFC 6376). */
export class DkimSigner {
  private signer: Promise<InstanceType<typeof DKIM>> | null = null;

  constructor(private readonly settings: NonNullable<NotificationConfig['dkim']>) {}

  async sign(raw: Buffer): Promise<Buffer> {
    this.signer ??= this.load();
    return buffer((await this.signer).sign(raw));
  }

  private async load(): Promise<InstanceType<typeof DKIM>> {
    const { domain, selector, keyFile } = this.settings;
    return new DKIM({
      domainName: domain,
      keySelector: selector,
      privateKey: await readFile(keyFile, 'utf8'),
      headerFieldNames: SIGNED_HEADERS,
    });
  }
}
