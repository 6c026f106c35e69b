import { Inject, Injectable } from '@nestjs/common';
import type { Config } from '#config/config.js';
import { forgetRawMails } from '#libs/persistence/inbound/forget-raw-mails.js';
import { Clock } from '#libs/platform/clock.js';
import { CONFIG } from '#libs/platform/config-token.js';
import { Transactions } from '#libs/platform/database/transactions.js';

const DAY_MS = 24 * 3_600_000;
const EVERY_MS = 3_600_000;
const BATCH = 500;

/** Deletes the texts of mails that came in once they are old; what was decided about them stays. */
@Injectable()
export class ForgetMail {
  private sweptAt = 0;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  async sweep(): Promise<void> {
    const { keepDays } = this.config.inbound;
    const now = this.clock.now().getTime();
    if (keepDays === null || now - this.sweptAt < EVERY_MS) return;
    this.sweptAt = now;
    const before = new Date(now - keepDays * DAY_MS);
    while ((await forgetRawMails(this.transactions.manager, before, BATCH)) === BATCH);
  }
}
