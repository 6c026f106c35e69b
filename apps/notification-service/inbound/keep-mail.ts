import { Inject, Injectable } from '@nestjs/common';
import type { Config } from '#config/config.js';
import { replyKeyOf } from '#libs/domain/calendar/inbound/reply-address.js';
import { storeInboundMail, type InboundDelivery } from '#libs/persistence/inbound/store-inbound-mail.js';
import { Clock } from '#libs/platform/clock.js';
import { CONFIG } from '#libs/platform/config-token.js';
import { Transactions } from '#libs/platform/database/transactions.js';
import { JobQueue } from '#libs/platform/queue/job-queue.js';

/** Where every way in ends: the mail is kept, then somebody is woken to read it. */
@Injectable()
export class KeepMail {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
    private readonly queue: JobQueue,
  ) {}

  get maxBytes(): number {
    return this.config.inbound.maxBytes;
  }

  /** Whether mail to this address is ours: the mailbox of answers or the one reports come back to, with any key. */
  takes(address: string): boolean {
    const mailboxes = [this.config.inbound.address, this.config.mailReturnPath];
    return mailboxes.some((mailbox) => mailbox !== null && replyKeyOf(address, mailbox) !== null);
  }

  /** Resolves once the mail is in the database: from then on it may be acknowledged. */
  async keep(delivery: Omit<InboundDelivery, 'receivedAt'>): Promise<void> {
    const { manager } = this.transactions;
    const kept = { ...delivery, receivedAt: this.clock.now() };
    const id = await storeInboundMail(manager, kept, this.maxBytes);
    if (id !== null) await this.queue.wake('read-mail', [id]);
  }
}
