import { Injectable } from '@nestjs/common';
import type { ChannelSender, Verdict } from './channel-sender.js';
import { MailSender } from './mail-sender.js';
import type { OutgoingNotification } from './outgoing-notification.js';

/** The channel of a row, by its name. */
@Injectable()
export class Channels {
  private readonly senders: Readonly<Record<string, ChannelSender>>;

  constructor(private readonly mail: MailSender) {
    this.senders = { mail };
  }

  deliver(row: OutgoingNotification): Promise<Verdict> {
    const sender = this.senders[row.channel];
    if (sender === undefined)
      return Promise.resolve({ kind: 'refused', response: `There is no channel ${row.channel}.` });
    return sender.deliver(row);
  }

  pausedDomains(now: number): string[] {
    return this.mail.pausedDomains(now);
  }

  close(): void {
    for (const sender of Object.values(this.senders)) sender.close?.();
  }
}
