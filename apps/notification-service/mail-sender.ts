import { Inject, Injectable, Logger } from '@nestjs/common';
import type { Config } from '#config/config.js';
import { OWN_RESPONSES } from '#libs/contracts/notifications/own-responses.js';
import { replyAddress } from '#libs/domain/calendar/inbound/reply-address.js';
import { groupOf } from '#libs/domain/notifications/channel-choices.js';
import { classifyFailure } from '#libs/domain/notifications/classify-failure.js';
import { Clock } from '#libs/platform/clock.js';
import { CONFIG } from '#libs/platform/config-token.js';
import { PublicUrl } from '#libs/platform/public-url.js';
import type { ChannelSender, Verdict } from './channel-sender.js';
import type { MailMaterial, MailSettings } from './compose-mail.js';
import { HeldAddresses } from './held-addresses.js';
import { MailDesk } from './mail-desk.js';
import { MailLinks } from './mail-links.js';
import { MailPace } from './mail-pace.js';
import { MailTemplates } from './mail-templates.js';
import { Outbox } from './outbox.js';
import {
  MailNotWritableError,
  type ComposedMail,
  type OutgoingNotification,
} from './outgoing-notification.js';
import { SmtpSender } from './smtp-sender.js';

/** How long a provider is left alone that says we are too fast. */
const PAUSE_MS = 60_000;
/** Messages of a digest, at most. */
const DIGEST_MOST = 100;

/** Mails: to the configured server, or into the mailbox of an installation without one. */
@Injectable()
export class MailSender implements ChannelSender {
  private readonly logger = new Logger(MailSender.name);
  private readonly smtp: SmtpSender | null;
  private latest: MailSettings | null = null;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly clock: Clock,
    private readonly outbox: Outbox,
    private readonly templates: MailTemplates,
    private readonly links: MailLinks,
    private readonly desk: MailDesk,
    private readonly publicUrl: PublicUrl,
    private readonly held: HeldAddresses,
    private readonly pace: MailPace,
  ) {
    this.smtp = config.smtpUrl === null ? null : new SmtpSender(config.smtpUrl, config.mailConcurrency);
  }

  async pausedDomains(now: Date): Promise<string[]> {
    return this.smtp === null ? [] : this.pace.pausedDomains(now);
  }

  expect(mails: number): void {
    this.smtp?.expect(mails);
  }

  async deliver(row: OutgoingNotification): Promise<Verdict> {
    const now = this.clock.now();
    const slot = this.smtp === null ? null : await this.pace.slotFor(row, now);
    if (slot !== null && slot > now) return { kind: 'not-yet', until: slot, slot };
    if (await this.isHeldBack(row)) return { kind: 'refused', response: OWN_RESPONSES.held };
    const also = await this.outbox.claimFollowers(row, DIGEST_MOST, now);
    const words = await this.templates.find(row.programmeId, row.topic, row.locale);
    const mail = await this.write({ row, also, words, links: this.links.of(row, also) }, now);
    if ('kind' in mail) return { ...mail, also };
    if (this.smtp === null) return { kind: 'sent', response: 'mailbox', mail, also };
    return { ...(await this.hand(this.smtp, row, mail)), also };
  }

  /** Links that somebody asks for themselves, to sign in again for example, are sent all the same. */
  private async isHeldBack(row: OutgoingNotification): Promise<boolean> {
    return groupOf(row.topic) !== 'account' && (await this.held.has(row.toAddress));
  }

  stop(): void {
    this.smtp?.stop();
  }

  close(): void {
    this.smtp?.close();
  }

  private async hand(smtp: SmtpSender, row: OutgoingNotification, mail: ComposedMail): Promise<Verdict> {
    const { toAddress } = row;
    const mayGo = () => this.pace.pausedUntil(toAddress) <= this.clock.now().getTime();
    const outcome = await smtp.send(mail, this.returnPath(row), toAddress, mayGo);
    if (outcome.accepted === null)
      return {
        kind: 'not-yet',
        until: new Date(Math.max(this.clock.now().getTime(), this.pace.pausedUntil(toAddress))),
      };
    if (outcome.accepted) return { kind: 'sent', response: outcome.response };
    const failure = classifyFailure(outcome);
    if (failure === 'throttled')
      await this.pace.pause(toAddress, new Date(this.clock.now().getTime() + PAUSE_MS));
    return { kind: failure === 'refused' ? 'refused' : 'deferred', response: outcome.text };
  }

  /** A report of failure that comes back tells by its address which mail it is about, whatever it quotes (VERP). */
  private returnPath(row: OutgoingNotification): string {
    const mailbox = this.config.mailReturnPath ?? this.config.inbound.address;
    return mailbox === null
      ? this.config.mailFrom.address
      : replyAddress(mailbox, row.id.replaceAll('-', ''));
  }

  private async write(
    material: MailMaterial,
    now: Date,
  ): Promise<ComposedMail | { readonly kind: 'refused'; readonly response: string }> {
    try {
      return await this.desk.write({ material, settings: this.settings(), now });
    } catch (error) {
      if (!(error instanceof MailNotWritableError)) throw error;
      const { id, topic } = material.row;
      this.logger.error(`Notification ${id} (${topic}) cannot be written: ${error.message}`);
      return { kind: 'refused', response: error.message };
    }
  }

  private settings(): MailSettings {
    const publicUrl = this.publicUrl.base();
    // The same object for all mails: it is copied once with all that go to the other thread together.
    if (this.latest?.publicUrl !== publicUrl)
      this.latest = {
        from: this.config.mailFrom,
        replyTo: this.config.mailReplyTo,
        publicUrl,
        replyMailbox: this.config.inbound.address,
      };
    return this.latest;
  }
}
