import { Inject, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import type { Config } from '#config/config.js';
import { CONFIG } from '#libs/platform/config-token.js';
import { JobWorker } from '#libs/platform/queue/job-worker.js';
import { HeldAddresses } from '../held-addresses.js';
import { ForgetMail } from './forget-mail.js';
import { ReadInboundMail } from './read-inbound-mail.js';

/** Connects the queue `inbound` with what its jobs do. */
@Injectable()
export class InboundWorker implements OnApplicationBootstrap {
  private readonly logger = new Logger(InboundWorker.name);

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly worker: JobWorker,
    private readonly reading: ReadInboundMail,
    private readonly forgetting: ForgetMail,
    private readonly held: HeldAddresses,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.worker.start<'read-mail' | 'sweep-inbound'>(
      'inbound',
      { 'read-mail': ({ id }) => this.reading.run(id), 'sweep-inbound': () => this.sweep() },
      { concurrency: 2, repeat: { 'sweep-inbound': this.config.sweepMs } },
    );
  }

  /** One part that fails does not keep the others from their turn. */
  private async sweep(): Promise<void> {
    for (const part of [this.reading, this.held, this.forgetting]) {
      await part
        .sweep()
        .catch((error: unknown) => this.logger.error(`${part.constructor.name} failed: ${String(error)}`));
    }
  }
}
