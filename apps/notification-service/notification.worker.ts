import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import type { Config } from '#config/config.js';
import { CONFIG } from '#libs/platform/config-token.js';
import { JobWorker } from '#libs/platform/queue/job-worker.js';
import { SendNotification } from './send-notification.js';

/** Connects the queue `notification` with what its jobs do. */
@Injectable()
export class NotificationWorker implements OnApplicationBootstrap {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly worker: JobWorker,
    private readonly sending: SendNotification,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.worker.start<'send-notification' | 'sweep-notifications'>(
      'notification',
      {
        'send-notification': ({ id }) => this.sending.run(id),
        'sweep-notifications': () => this.sending.sweep(),
      },
      { concurrency: this.config.mailConcurrency, repeat: { 'sweep-notifications': this.config.sweepMs } },
    );
  }
}
