import { Injectable } from '@nestjs/common';
import { saysNoMailbox } from '#libs/domain/calendar/inbound/classify-bounce.js';
import { HOLD_RULE, shouldHold } from '#libs/domain/notifications/hold-address.js';
import {
  failedMails,
  heldAddresses,
  holdAddress,
  type FailedMail,
} from '#libs/persistence/notifications/held-addresses.js';
import { Clock } from '#libs/platform/clock.js';
import { Transactions } from '#libs/platform/database/transactions.js';

const DAY_MS = 24 * 3_600_000;
/** How long what was read is believed: a hold that is lifted is felt after so long at most. */
const FRESH_MS = 15_000;
/** Failures are looked through so often at most. */
const JUDGED_EVERY_MS = 5 * 60_000;

/** Addresses that mail is held back from because it keeps coming back. */
@Injectable()
export class HeldAddresses {
  private known: { readonly at: number; readonly addresses: Promise<Set<string>> } | null = null;
  private judgedAt = 0;

  constructor(
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  async has(address: string): Promise<boolean> {
    const now = this.clock.now().getTime();
    if (this.known === null || now - this.known.at > FRESH_MS) {
      this.known = { at: now, addresses: heldAddresses(this.transactions.manager) };
      this.known.addresses.catch(() => (this.known = null));
    }
    return (await this.known.addresses).has(address.toLowerCase());
  }

  /** Holds back the addresses for which the rule says so. */
  async sweep(): Promise<void> {
    const now = this.clock.now();
    if (now.getTime() - this.judgedAt < JUDGED_EVERY_MS) return;
    this.judgedAt = now.getTime();
    const { manager } = this.transactions;
    const failed = await failedMails(manager, new Date(now.getTime() - HOLD_RULE.withinDays * DAY_MS));
    const nobody = failed.filter(({ reported, text }) => reported || saysNoMailbox(text));
    for (const [address, mails] of byAddress(nobody)) {
      if (!shouldHold(mails, mails[0]?.aliveAt ?? null, now)) continue;
      await holdAddress(manager, { address, failures: mails.length, diagnostic: mails.at(-1)!.text, now });
      this.known = null;
    }
  }
}

function byAddress(mails: readonly FailedMail[]): Map<string, FailedMail[]> {
  const found = new Map<string, FailedMail[]>();
  for (const mail of mails) found.set(mail.address, [...(found.get(mail.address) ?? []), mail]);
  return found;
}
