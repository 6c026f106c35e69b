import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import type { Config } from '#config/config.js';
import { CONFIG } from '#libs/platform/config-token.js';
import { JobWorker } from '#libs/platform/queue/job-worker.js';
import { ReadInboundMail } from './read-inbound-mail.js';

/** Connects the queue `inbound` with what its jobs do. */
@Injectable()
export class InboundWorker implements OnApplicationBootstrap {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly worker: JobWorker,
    private readonly reading: ReadInboundMail,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.worker.start<'read-mail' | 'sweep-inbound'>(
      'inbound',
      { 'read-mail': ({ id }) => this.reading.run(id), 'sweep-inbound': () => this.reading.sweep() },
      { concurrency: 2, repeat: { 'sweep-inbound': this.config.sweepMs } },
    );
  }
}
