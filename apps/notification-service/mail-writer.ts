import type { NotificationConfig } from '#config/notification-config.js';
import { composeMail, type MailMaterial, type MailSettings } from './compose-mail.js';
import { DkimSigner } from './dkim-signer.js';
import type { ComposedMail } from './outgoing-notification.js';

/** Everything a mail is made of; plain data, so that it can go to another thread. */
export interface MailOrder {
  readonly material: MailMaterial;
  readonly settings: MailSettings;
  readonly now: Date;
}

/** Writes mails, signed where the installation has a key. */
export class MailWriter {
  private readonly signer: DkimSigner | null;

  constructor(dkim: NotificationConfig['dkim']) {
    this.signer = dkim === null ? null : new DkimSigner(dkim);
  }

  /** @throws MailNotWritableError when template, payload or invitation do not fit */
  async write({ material, settings, now }: MailOrder): Promise<ComposedMail> {
    const mail = composeMail(material, settings, now);
    return this.signer === null ? mail : { ...mail, raw: await this.signer.sign(mail.raw) };
  }
}
