import { Inject, Injectable } from '@nestjs/common';
import type { Config } from '#config/config.js';
import { MailProviders } from '#libs/domain/notifications/send-pace.js';
import {
  mailKey,
  pauseMail,
  readMailPauses,
  reserveSlot,
} from '#libs/persistence/notifications/send-pace.js';
import { CONFIG } from '#libs/platform/config-token.js';
import { Transactions } from '#libs/platform/database/transactions.js';
import type { OutgoingNotification } from './outgoing-notification.js';

/** Messages that may leave at once after a quiet time. */
const BURST = 5;

/** The pace at which each mail provider takes mails, kept in the database for all processes that send. */
@Injectable()
export class MailPace {
  private readonly providers: MailProviders;
  /** When the pauses end that are known here, in milliseconds, by provider. */
  private pauses: ReadonlyMap<string, number> = new Map();

  constructor(
    @Inject(CONFIG) config: Config,
    private readonly transactions: Transactions,
  ) {
    this.providers = new MailProviders(config.mailPace);
  }

  /** Domains to leave alone at `now`, whichever process was told so. */
  async pausedDomains(now: Date): Promise<string[]> {
    const rows = await readMailPauses(this.transactions.manager, now);
    this.pauses = new Map(rows.map(({ provider, until }) => [provider, until.getTime()]));
    return rows.flatMap(({ provider }) => this.providers.domainsOf(provider));
  }

  /** Until when nothing goes to the provider of an address, as far as is known here; 0 = it is not paused. */
  pausedUntil(address: string): number {
    return this.pauses.get(this.providers.of(address).key) ?? 0;
  }

  async pause(address: string, until: Date): Promise<void> {
    const provider = this.providers.of(address);
    this.pauses = new Map(this.pauses).set(provider.key, until.getTime());
    await this.transactions.run(({ manager }) => pauseMail(manager, provider, until));
  }

  /** The time that is given to a row; a row keeps its time. null = it may leave whenever it likes. */
  async slotFor({ toAddress, slotAt }: OutgoingNotification, now: Date): Promise<Date | null> {
    const { key, stepMs } = this.providers.of(toAddress);
    if (stepMs === null) return null;
    return slotAt ?? reserveSlot(this.transactions.manager, mailKey(key), { stepMs, burst: BURST }, now);
  }
}
