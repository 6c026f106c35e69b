import { Injectable, Logger } from '@nestjs/common';
import { spreadNext } from '#libs/persistence/notifications/spread.js';
import { Clock } from '#libs/platform/clock.js';
import { Transactions } from '#libs/platform/database/transactions.js';
import { WebhookSender } from './webhooks/webhook-sender.js';

/** So many mails at most are spread in one transaction. */
const BATCH = 500;

/** Brings mails that were written to the other places where they are heard, before anything of them leaves. */
@Injectable()
export class Spreading {
  private readonly logger = new Logger(Spreading.name);

  constructor(
    private readonly transactions: Transactions,
    private readonly clock: Clock,
    private readonly webhooks: WebhookSender,
  ) {}

  /** Resolves when every mail that was committed before the call is spread; true when there was one. */
  async run(): Promise<boolean> {
    const [waiting] = await this.transactions.manager.query<{ any: boolean }[]>(
      'SELECT EXISTS (SELECT 1 FROM notification_unspread) AS any',
    );
    if (waiting?.any !== true) return false;
    for (let count = BATCH; count === BATCH;) {
      count = await this.transactions.run(({ manager }) => spreadNext(manager, BATCH, this.clock.now()));
    }
    // Webhooks go on by themselves: a slow receiver keeps no message waiting.
    this.webhooks.run().catch((error: unknown) => this.logger.error(`Webhooks stopped: ${String(error)}`));
    return true;
  }
}
