import { Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { nextBacklog, putOffBacklog } from '#libs/persistence/notifications/invitation-backlog.js';
import { workBacklog } from '#libs/persistence/notifications/sync-invitations.js';
import { Clock } from '#libs/platform/clock.js';
import { Transactions } from '#libs/platform/database/transactions.js';

/** How long an event whose guests could not be invited lets others go first. */
const PUT_OFF_MS = 60_000;

/** Works off what changes of events with many guests left over, a few hundred guests in each transaction. */
@Injectable()
export class Inviting implements OnModuleDestroy {
  private readonly logger = new Logger(Inviting.name);
  private running: Promise<void> | null = null;
  private stopping = false;

  constructor(
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  /** Resolves when no backlog is due any more; calls `written` whenever there is something to send. */
  run(written: () => void): Promise<void> {
    this.running ??= this.work(written).finally(() => (this.running = null));
    return this.running;
  }

  async onModuleDestroy(): Promise<void> {
    this.stopping = true;
    await this.running?.catch(() => undefined);
  }

  private async work(written: () => void): Promise<void> {
    while (!this.stopping) {
      const eventId = await nextBacklog(this.transactions.manager, this.clock.now());
      if (eventId === null) return;
      try {
        await this.transactions.run(({ manager }) => workBacklog(manager, eventId, this.clock.now()));
        written();
      } catch (error) {
        this.logger.error(
          `The guests of event ${eventId} could not be told; they will be in a minute: ${String(error)}`,
        );
        const until = new Date(this.clock.now().getTime() + PUT_OFF_MS);
        await putOffBacklog(this.transactions.manager, eventId, until);
      }
    }
  }
}
