import { Inject, Injectable, Logger } from '@nestjs/common';
import type { Config } from '#config/config.js';
import { classifyFailure } from '#libs/domain/notifications/classify-failure.js';
import { SendPace } from '#libs/domain/notifications/send-pace.js';
import { Clock } from '#libs/platform/clock.js';
import { CONFIG } from '#libs/platform/config-token.js';
import { PublicUrl } from '#libs/platform/public-url.js';
import type { ChannelSender, Verdict } from './channel-sender.js';
import { composeMail } from './compose-mail.js';
import {
  MailNotWritableError,
  type ComposedMail,
  type OutgoingNotification,
} from './outgoing-notification.js';
import { SmtpSender } from './smtp-sender.js';

/** How long a provider is left alone that says we are too fast. */
const PAUSE_MS = 60_000;

/** Mails: to the configured server, or into the mailbox of an installation without one. */
@Injectable()
export class MailSender implements ChannelSender {
  private readonly logger = new Logger(MailSender.name);
  private readonly smtp: SmtpSender | null;
  private readonly pace: SendPace;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly clock: Clock,
    private readonly publicUrl: PublicUrl,
  ) {
    this.smtp = config.smtpUrl === null ? null : new SmtpSender(config.smtpUrl);
    this.pace = new SendPace(config.mailPace);
  }

  pausedDomains(now: number): string[] {
    return this.pace.pausedDomains(now);
  }

  async deliver(row: OutgoingNotification): Promise<Verdict> {
    const now = this.clock.now();
    const slot = this.smtp === null ? now.getTime() : this.pace.slotFor(row.id, row.toAddress, now.getTime());
    if (slot > now.getTime()) return { kind: 'not-yet', until: new Date(slot) };
    const mail = this.compose(row, now);
    if ('kind' in mail) return mail;
    if (this.smtp === null) return { kind: 'sent', response: 'mailbox', mail };
    const outcome = await this.smtp.send(mail, this.config.mailFrom.address, row.toAddress);
    if (outcome.accepted) return { kind: 'sent', response: outcome.response };
    const failure = classifyFailure(outcome);
    if (failure === 'throttled') this.pace.pause(row.toAddress, this.clock.now().getTime() + PAUSE_MS);
    return { kind: failure === 'refused' ? 'refused' : 'deferred', response: outcome.text };
  }

  close(): void {
    this.smtp?.close();
  }

  private compose(row: OutgoingNotification, now: Date): ComposedMail | Verdict {
    try {
      return composeMail(row, { from: this.config.mailFrom, publicUrl: this.publicUrl.base() }, now);
    } catch (error) {
      if (!(error instanceof MailNotWritableError)) throw error;
      this.logger.error(`Notification ${row.id} (${row.topic}) cannot be written: ${error.message}`);
      return { kind: 'refused', response: error.message };
    }
  }
}
