import { Injectable } from '@nestjs/common';
import { AppError } from '#libs/contracts/app-error.js';
import {
  countAttempt,
  forgetAttempts,
  sweepAttempts,
  uncountAttempt,
} from '#libs/persistence/identity/attempts.js';
import { Clock } from '#libs/platform/clock.js';
import { Transactions } from '#libs/platform/database/transactions.js';
import { LIMITS, type LimitName } from './limits.js';

const KEEP_MS = 24 * 3600 * 1000;

/** Rate limits shared by all processes. */
@Injectable()
export class AttemptsService {
  constructor(
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  /** Counts an attempt; throws `request.too-many` with the seconds to wait when the limit is passed. */
  async count(name: LimitName, of: string): Promise<void> {
    const now = this.clock.now();
    const { manager } = this.transactions;
    const { attempts, secondsLeft } = await countAttempt(manager, `${name}:${of}`, LIMITS[name], now);
    if (attempts === 1) await sweepAttempts(manager, new Date(now.getTime() - KEEP_MS));
    if (attempts > LIMITS[name].max) throw new AppError('request.too-many', { seconds: secondsLeft });
  }

  /** The attempt succeeded: it does not count. */
  uncount(name: LimitName, of: string): Promise<void> {
    return uncountAttempt(this.transactions.manager, `${name}:${of}`);
  }

  /** Starts the count of a key anew. */
  forget(name: LimitName, of: string): Promise<void> {
    return forgetAttempts(this.transactions.manager, `${name}:${of}`);
  }
}
