import { Injectable } from '@nestjs/common';
import { Clock } from '#libs/platform/clock.js';
import type { ChannelSender, Verdict } from './channel-sender.js';
import { LastLook } from './last-look.js';
import { MailSender } from './mail-sender.js';
import type { OutgoingNotification } from './outgoing-notification.js';
import { RobotSender } from './robots/robot-sender.js';
import { SmsSender } from './sms/sms-sender.js';
import { WecomAppSender } from './wecom-app-sender.js';

/** The channel of a row, by its name. */
@Injectable()
export class Channels {
  private readonly senders: Readonly<Record<string, ChannelSender>>;
  private stopped = false;

  constructor(
    private readonly clock: Clock,
    private readonly lastLook: LastLook,
    private readonly mail: MailSender,
    sms: SmsSender,
    wecomApp: WecomAppSender,
    robots: RobotSender,
  ) {
    this.senders = {
      mail,
      sms,
      'wecom-app': wecomApp,
      'wecom-robot': robots,
      'dingtalk-robot': robots,
      'feishu-robot': robots,
    };
  }

  /** Prepares for rows that are about to be delivered. */
  expect(rows: readonly OutgoingNotification[]): void {
    this.mail.expect(rows.filter((row) => this.senders[row.channel] === this.mail).length);
  }

  deliver(row: OutgoingNotification): Promise<Verdict> {
    const sender = this.senders[row.channel];
    if (sender === undefined)
      return Promise.resolve({ kind: 'refused', response: `There is no channel ${row.channel}.` });
    if (this.stopped && sender !== this.mail)
      return Promise.resolve({ kind: 'not-yet', until: this.clock.now() });
    return this.deliverBy(sender, row);
  }

  /** Of what is dropped there was no try: it is given back, and waits no longer. */
  private async deliverBy(sender: ChannelSender, row: OutgoingNotification): Promise<Verdict> {
    if (this.lastLook.concerns(row) && (await this.lastLook.drops(row)))
      return { kind: 'not-yet', until: this.clock.now() };
    return sender.deliver(row);
  }

  /** Of what was handed over, what is not begun yet comes back as not yet tried. */
  stop(): void {
    this.stopped = true;
    this.mail.stop();
  }

  pausedDomains(now: Date): Promise<string[]> {
    return this.mail.pausedDomains(now);
  }

  close(): void {
    for (const sender of Object.values(this.senders)) sender.close?.();
  }
}
