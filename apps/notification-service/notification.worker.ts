import { Inject, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import type { Config } from '#config/config.js';
import { CONFIG } from '#libs/platform/config-token.js';
import { JobWorker } from '#libs/platform/queue/job-worker.js';
import { SendNotification } from './send-notification.js';
import { WebhookSender } from './webhooks/webhook-sender.js';

/** Jobs only wake: one that waits for the rows of another is enough to lose no call. */
const WAKE_UPS = 2;

/** Connects the queue `notification` with what its jobs do. */
@Injectable()
export class NotificationWorker implements OnApplicationBootstrap {
  private readonly logger = new Logger(NotificationWorker.name);

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly worker: JobWorker,
    private readonly sending: SendNotification,
    private readonly webhooks: WebhookSender,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.worker.start<'send-notification' | 'sweep-notifications'>(
      'notification',
      {
        'send-notification': () => this.all(this.sending.run()),
        'sweep-notifications': () => this.all(this.sending.sweep()),
      },
      { concurrency: WAKE_UPS, repeat: { 'sweep-notifications': this.config.sweepMs } },
    );
    // What a process before this one left behind need not wait for the sweep's turn.
    void this.sending
      .sweep()
      .catch((error: unknown) => this.logger.warn(`The first sweep failed: ${String(error)}`));
  }

  /** Webhooks go on by themselves: a slow receiver keeps no message waiting. */
  private all(messages: Promise<void>): Promise<void> {
    this.webhooks.run().catch((error: unknown) => this.logger.error(`Webhooks stopped: ${String(error)}`));
    return messages;
  }
}
