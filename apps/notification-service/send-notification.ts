import { setTimeout } from 'node:timers/promises';
import { Inject, Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import type { Config } from '#config/config.js';
import { classifyFailure, MAX_ATTEMPTS, retryDelayMs } from '#libs/domain/notifications/classify-failure.js';
import { Clock } from '#libs/platform/clock.js';
import { CONFIG } from '#libs/platform/config-token.js';
import { PublicUrl } from '#libs/platform/public-url.js';
import { JobQueue } from '#libs/platform/queue/job-queue.js';
import { composeMail, type MailSettings } from './compose-mail.js';
import { Outbox, RENEW_LEASE_MS } from './outbox.js';
import {
  MailNotWritableError,
  type ComposedMail,
  type OutgoingNotification,
} from './outgoing-notification.js';
import { SmtpSender } from './smtp-sender.js';

/** Together shorter than the lease. */
const NOTE_TRIES = 20;
const NOTE_PAUSE_MS = 1_000;

/** Sends rows of the outbox: one row, one mail, in the order of its stream. */
@Injectable()
export class SendNotification implements OnApplicationShutdown {
  private readonly logger = new Logger(SendNotification.name);
  private readonly from: MailSettings['from'];
  private readonly smtp: SmtpSender | null;

  constructor(
    @Inject(CONFIG) config: Config,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
    private readonly queue: JobQueue,
    private readonly publicUrl: PublicUrl,
  ) {
    this.from = config.mailFrom;
    this.smtp = config.smtpUrl === null ? null : new SmtpSender(config.smtpUrl, config.mailConcurrency);
  }

  /**
   * Sends one row if its turn has come; safe to call any number of times. A crash between the server's 250 and the
   * commit repeats at most this message, with the same Message-ID; into the mailbox nothing goes twice.
   */
  async run(id: string): Promise<void> {
    const row = await this.outbox.claim(id, this.clock.now());
    if (row === null) return;
    const mail = await this.compose(row);
    if (mail !== null) await this.deliver(row, mail);
    await this.queue.wake('send-notification', await this.outbox.nextOfStream(row, this.clock.now()));
  }

  /** Wakes every row that should have been sent by now. */
  async sweep(): Promise<void> {
    await this.queue.wake('send-notification', await this.outbox.due(this.clock.now()));
  }

  onApplicationShutdown(): void {
    this.smtp?.close();
  }

  private async compose(row: OutgoingNotification): Promise<ComposedMail | null> {
    try {
      const settings = { from: this.from, publicUrl: this.publicUrl.base() };
      return await composeMail(row, settings, this.clock.now());
    } catch (error) {
      if (!(error instanceof MailNotWritableError)) throw error;
      this.logger.error(`Notification ${row.id} (${row.topic}) cannot be written: ${error.message}`);
      await this.outbox.markFailed(row, error.message, this.clock.now());
      return null;
    }
  }

  private async deliver(row: OutgoingNotification, mail: ComposedMail): Promise<void> {
    if (this.smtp === null) return this.outbox.deliverToMailbox(row, mail, this.clock.now());
    const smtp = this.smtp;
    const outcome = await this.whileHolding(row, () => smtp.send(mail, this.from.address, row.toAddress));
    const now = this.clock.now();
    if (outcome.accepted) return this.noteSent(row, outcome.response, now);
    if (classifyFailure(outcome) === 'refused') return this.outbox.markFailed(row, outcome.text, now);
    const delay = retryDelayMs(row.attempts, Math.random());
    const retryAt = row.attempts >= MAX_ATTEMPTS ? null : new Date(now.getTime() + delay);
    return this.outbox.defer(row, outcome.text, now, retryAt);
  }

  /** A database that is away for a moment, as in a failover, must not lead to a second copy. */
  private async noteSent(row: OutgoingNotification, response: string, now: Date): Promise<void> {
    for (let tries = 1; ; tries++) {
      try {
        return await this.outbox.markSent(row, response, now);
      } catch (error) {
        if (tries === NOTE_TRIES) throw error;
        await setTimeout(NOTE_PAUSE_MS);
      }
    }
  }

  /** Renews the lease of a row for as long as the mail server takes. */
  private async whileHolding<Outcome>(
    row: OutgoingNotification,
    work: () => Promise<Outcome>,
  ): Promise<Outcome> {
    const renewal = setInterval(() => {
      this.outbox
        .renew(row, this.clock.now())
        .catch((error: unknown) =>
          this.logger.warn(`The lease of ${row.id} was not renewed: ${String(error)}`),
        );
    }, RENEW_LEASE_MS);
    try {
      return await work();
    } finally {
      clearInterval(renewal);
    }
  }
}
