import { Inject, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import type { Config } from '#config/config.js';
import { CONFIG } from '#libs/platform/config-token.js';
import { JobWorker } from '#libs/platform/queue/job-worker.js';
import { NeedExpiry } from '../market/need-expiry.service.js';
import { RemindersService } from '../notifications/reminders.service.js';
import { ExpireRequests } from '../meetings/expire-requests.js';
import { CloseUndecided } from '../registrations/close-undecided.js';
import { ExpireOffers } from '../registrations/expire-offers.js';

/** What time alone brings about: offers, registrations and needs that are over, and reminders. */
@Injectable()
export class EventSweeps implements OnApplicationBootstrap {
  private readonly logger = new Logger(EventSweeps.name);

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly worker: JobWorker,
    private readonly offers: ExpireOffers,
    private readonly undecided: CloseUndecided,
    private readonly needs: NeedExpiry,
    private readonly requests: ExpireRequests,
    private readonly reminders: RemindersService,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.worker.start(
      'event',
      { 'sweep-events': () => this.sweep() },
      { concurrency: 1, repeat: { 'sweep-events': this.config.sweepMs } },
    );
  }

  /** One part that fails does not keep the others from their turn. */
  private async sweep(): Promise<void> {
    for (const part of [this.offers, this.undecided, this.needs, this.requests, this.reminders]) {
      try {
        await part.sweep();
      } catch (error) {
        this.logger.error(
          `${part.constructor.name} failed: ${error instanceof Error ? error.stack : String(error)}`,
        );
      }
    }
  }
}
