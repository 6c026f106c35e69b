import { Injectable, type OnApplicationBootstrap, Inject } from '@nestjs/common';
import type { Config } from '#config/config.js';
import { Clock } from '#libs/platform/clock.js';
import { CONFIG } from '#libs/platform/config-token.js';
import { Transactions } from '#libs/platform/database/transactions.js';
import { JobWorker } from '#libs/platform/queue/job-worker.js';
import { SeatingService } from './seating.service.js';

/** Takes back the seats of offers that nobody answered in time and passes them on. */
@Injectable()
export class ExpireOffers implements OnApplicationBootstrap {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly worker: JobWorker,
    private readonly transactions: Transactions,
    private readonly seating: SeatingService,
    private readonly clock: Clock,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.worker.start(
      'event',
      { 'sweep-events': () => this.sweep() },
      { concurrency: 1, repeat: { 'sweep-events': this.config.sweepMs } },
    );
  }

  /** One transaction per event; an offer that was answered meanwhile is left alone. */
  async sweep(): Promise<void> {
    const due: { eventId: string }[] = await this.transactions.manager.query(
      `SELECT DISTINCT event_id AS "eventId" FROM registration WHERE status = 'offered' AND offer_expires_at <= $1`,
      [this.clock.now()],
    );
    for (const { eventId } of due) await this.expire(eventId);
  }

  private expire(eventId: string): Promise<void> {
    return this.seating.run(eventId, async (seating) => {
      const due: { id: string }[] = await seating.manager.query(
        `SELECT id FROM registration WHERE event_id = $1 AND status = 'offered' AND offer_expires_at <= $2`,
        [eventId, seating.now],
      );
      await this.seating.end(seating, {
        ids: due.map((row) => row.id),
        from: ['offered'],
        to: 'expired',
        note: null,
        actorId: null,
        action: 'expire-offer',
        mail: 'registration-cancelled',
        mailPayload: { note: '席位保留时间已过 / The time to answer the offer is over' },
      });
    });
  }
}
