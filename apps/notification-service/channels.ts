import { Inject, Injectable } from '@nestjs/common';
import pLimit, { type LimitFunction } from 'p-limit';
import type { Config } from '#config/config.js';
import { CONFIG } from '#libs/platform/config-token.js';
import type { ChannelSender, Verdict } from './channel-sender.js';
import { MailSender } from './mail-sender.js';
import type { OutgoingNotification } from './outgoing-notification.js';
import { RobotSender } from './robots/robot-sender.js';
import { SmsSender } from './sms/sms-sender.js';
import { WecomAppSender } from './wecom-app-sender.js';

/** The channel of a row, by its name. */
@Injectable()
export class Channels {
  private readonly senders: Readonly<Record<string, ChannelSender>>;
  /** Mails have their connections; of everything else so many are under way at most. */
  private readonly limit: LimitFunction;

  constructor(
    @Inject(CONFIG) config: Config,
    private readonly mail: MailSender,
    sms: SmsSender,
    wecomApp: WecomAppSender,
    robots: RobotSender,
  ) {
    this.limit = pLimit(config.mailConcurrency);
    this.senders = {
      mail,
      sms,
      'wecom-app': wecomApp,
      'wecom-robot': robots,
      'dingtalk-robot': robots,
      'feishu-robot': robots,
    };
  }

  deliver(row: OutgoingNotification): Promise<Verdict> {
    const sender = this.senders[row.channel];
    if (sender === undefined)
      return Promise.resolve({ kind: 'refused', response: `There is no channel ${row.channel}.` });
    return sender === this.mail ? sender.deliver(row) : this.limit(() => sender.deliver(row));
  }

  stop(): void {
    for (const sender of new Set(Object.values(this.senders))) sender.stop?.();
  }

  pausedDomains(now: number): string[] {
    return this.mail.pausedDomains(now);
  }

  close(): void {
    for (const sender of Object.values(this.senders)) sender.close?.();
  }
}
