import { shanghaiDay } from '../time/shanghai-time.js';

/** A mail that came back, or was refused, because its mailbox does not exist. */
export interface AddressFailure {
  readonly mailId: string;
  readonly at: Date;
}

export const HOLD_RULE = { mails: 3, days: 3, withinDays: 90 } as const;

const DAY_MS = 24 * 3_600_000;

/**
 * Whether mail to an address is held back: three different mails failed for good on three different days of the last
 * ninety, all of them after the last sign of life (a mail from the address, or an organizer who lifted the hold). Never
 * after one refusal, nor after a day of many: servers answer 5xx when they are misconfigured, full or busy.
 */
export function shouldHold(failures: readonly AddressFailure[], aliveAt: Date | null, now: Date): boolean {
  const since = Math.max(now.getTime() - HOLD_RULE.withinDays * DAY_MS, aliveAt?.getTime() ?? 0);
  const counted = failures.filter(({ at }) => at.getTime() > since && at <= now);
  const mails = new Set(counted.map(({ mailId }) => mailId));
  const days = new Set(counted.map(({ at }) => shanghaiDay(at)));
  return mails.size >= HOLD_RULE.mails && days.size >= HOLD_RULE.days;
}
