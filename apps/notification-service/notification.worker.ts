import { Inject, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import type { Config } from '#config/config.js';
import { CONFIG } from '#libs/platform/config-token.js';
import { JobWorker } from '#libs/platform/queue/job-worker.js';
import { Inviting } from './inviting.js';
import { SendNotification } from './send-notification.js';
import { WebhookSender } from './webhooks/webhook-sender.js';

/** Connects the queue `notification` with what its jobs do. */
@Injectable()
export class NotificationWorker implements OnApplicationBootstrap {
  private readonly logger = new Logger(NotificationWorker.name);

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly worker: JobWorker,
    private readonly sending: SendNotification,
    private readonly webhooks: WebhookSender,
    private readonly inviting: Inviting,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    // What a process before this one left behind need not wait for the queue.
    void this.wake(this.sending.sweep());
    await this.worker.start<'send-notification' | 'sweep-notifications'>(
      'notification',
      {
        'send-notification': () => this.wake(this.sending.run()),
        'sweep-notifications': () => this.wake(this.sending.sweep()),
      },
      { concurrency: 1, repeat: { 'sweep-notifications': this.config.sweepMs } },
    );
  }

  /** Jobs only wake: one that waited for a slow server would keep those that come after it waiting. */
  private wake(messages: Promise<void>): Promise<void> {
    this.hear('Sending', messages);
    this.hear('Webhooks', this.webhooks.run());
    this.hear(
      'Inviting',
      this.inviting.run(() => this.hear('Sending', this.sending.run())),
    );
    return Promise.resolve();
  }

  private hear(what: string, work: Promise<void>): void {
    work.catch((error: unknown) => this.logger.error(`${what} stopped: ${String(error)}`));
  }
}
