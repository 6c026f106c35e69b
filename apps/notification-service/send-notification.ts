import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import {
  type BeforeApplicationShutdown,
  Inject,
  Injectable,
  Logger,
  type OnApplicationShutdown,
  type OnModuleDestroy,
} from '@nestjs/common';
import type { Config } from '#config/config.js';
import { MAX_ATTEMPTS, retryDelayMs } from '#libs/domain/notifications/classify-failure.js';
import { Clock } from '#libs/platform/clock.js';
import { CONFIG } from '#libs/platform/config-token.js';
import { RequestPace } from '#libs/platform/http/request-pace.js';
import { AcceptedJournal } from './accepted-journal.js';
import type { Verdict } from './channel-sender.js';
import { Channels } from './channels.js';
import { Outbox, RENEW_LEASE_MS, type Settlement } from './outbox.js';
import type { OutgoingNotification } from './outgoing-notification.js';
import { Settlements } from './settlements.js';
import { Spreading } from './spreading.js';
import { WaitingRows } from './waiting-rows.js';

const MAIL = 'mail';
/** Rows taken at once, and how few are left on a channel when more are taken for it. */
const BATCH = 500;
const LOW = 200;
/**
 * Rows that are read and written ahead, while as many messages as there are connections are on their way; and how many
 * are begun together, because each hand-over to the writing thread takes time of both.
 */
const AHEAD = 32;
const TOGETHER = 8;
/** How long a batch waits at most while this process answers many requests, and how often it looks. */
const MOST_RUSH_MS = 5_000;
const RUSH_PAUSE_MS = 100;
/** How long messages that are under way may finish when the process stops: a slow server can take minutes. */
const FINISH_WITHIN_MS = 2_500;

/**
 * Sends what is due in the outbox: one row, one message, in the order of its stream. A call is a wake-up: whoever calls
 * takes everything that is due, and calls that come meanwhile share the run. A crash between a server's 250 and the
 * commit repeats at most the messages at hand, with the same Message-IDs; into the mailbox nothing goes twice.
 */
@Injectable()
export class SendNotification implements OnModuleDestroy, BeforeApplicationShutdown, OnApplicationShutdown {
  private readonly logger = new Logger(SendNotification.name);
  private readonly settlements: Settlements;
  private readonly journal: AcceptedJournal;
  private recovered = false;
  private readonly waiting: WaitingRows;
  private running: Promise<void> | null = null;
  private spread: Promise<void> | null = null;
  private sweeping: Promise<void> | null = null;
  private again = false;
  private stopping = false;
  private progress: (() => void) | null = null;
  private timer: NodeJS.Timeout | null = null;

  constructor(
    @Inject(CONFIG) config: Config,
    private readonly outbox: Outbox,
    private readonly spreading: Spreading,
    private readonly clock: Clock,
    private readonly channels: Channels,
    private readonly pace: RequestPace,
  ) {
    const { mailConcurrency } = config;
    this.waiting = new WaitingRows((channel) =>
      channel === MAIL
        ? { most: mailConcurrency + AHEAD, together: TOGETHER }
        : { most: mailConcurrency, together: 1 },
    );
    this.journal = new AcceptedJournal(path.join(config.dataDir, 'outbox'));
    this.settlements = new Settlements(outbox, (batch, written) => this.settled(batch, written));
  }

  /** Resolves when nothing is due any more that was when it was called; safe to call any number of times. */
  run(): Promise<void> {
    this.again = true;
    // What is new does not wait for the answer of a slow server.
    this.moved();
    this.running ??= this.drain().finally(() => (this.running = null));
    return this.running;
  }

  /** The same, after freeing what processes that ended here held. */
  async sweep(): Promise<void> {
    if (this.stopping) return;
    this.sweeping ??= this.clear().finally(() => (this.sweeping = null));
    await this.sweeping;
    await this.run();
  }

  private async clear(): Promise<void> {
    await this.recover();
    await this.outbox.releaseEnded(this.clock.now());
  }

  /** Nothing new is begun; rows that were taken and not begun go back. */
  async onModuleDestroy(): Promise<void> {
    this.stopping = true;
    if (this.timer !== null) clearTimeout(this.timer);
    this.moved();
    this.channels.stop();
    const rows = this.waiting.clear();
    this.outbox.letGo(rows);
    const at = this.clock.now();
    if (rows.length > 0) await this.outbox.giveBack(rows.map((row) => ({ row, at })));
  }

  /** What is not done in time is in the journal, or its lease ends as after a crash. */
  async beforeApplicationShutdown(): Promise<void> {
    const late = setTimeout(FINISH_WITHIN_MS, undefined, { ref: false });
    await Promise.race([this.finish(), late]);
  }

  onApplicationShutdown(): void {
    this.channels.close();
    this.journal.close();
  }

  private async finish(): Promise<void> {
    await Promise.allSettled([this.sweeping, this.running, this.spread]);
    while (!this.outbox.isIdle()) await this.anything();
  }

  private async drain(): Promise<void> {
    const renewal = setInterval(() => this.renew(), RENEW_LEASE_MS);
    try {
      if (!this.recovered) await this.recover();
      while (!this.stopping) {
        await this.afterRush();
        this.again = false;
        this.spread ??= this.spreadWritten().finally(() => (this.spread = null));
        const now = this.clock.now();
        const rows = await this.outbox.claim(BATCH, now, await this.channels.pausedDomains(now), {
          notOn: this.waiting.longer(LOW),
        });
        this.channels.expect(rows);
        this.waiting.push(rows);
        this.pump();
        while (this.waiting.count(MAIL) > LOW && !this.stopping) await this.anything();
        if (rows.length > 0 || this.again) continue;
        const isIdle = this.outbox.isIdle();
        if (isIdle && this.spread === null) break;
        await this.anything();
        // There was nothing more to spread than what had been looked through.
        if (isIdle && this.spread === null && !this.again) break;
      }
      await this.settlements.idle();
    } finally {
      clearInterval(renewal);
    }
  }

  /** What is spread already leaves meanwhile: many mails at once take a while. */
  private async spreadWritten(): Promise<void> {
    try {
      if (await this.spreading.run()) this.again = true;
    } catch (error) {
      this.logger.error(`What was written is not spread; the sweep tries again: ${String(error)}`);
    } finally {
      setImmediate(() => this.moved());
    }
  }

  /** Where one process does everything, mails wait a little for people who are waiting for their answer. */
  private async afterRush(): Promise<void> {
    const until = performance.now() + MOST_RUSH_MS;
    while (!this.stopping && this.pace.isBusy(performance.now()) && performance.now() < until)
      await setTimeout(RUSH_PAUSE_MS);
  }

  /** Until a row is done with or a batch is settled: then a following row of a stream may be due. */
  private anything(): Promise<void> {
    return new Promise((resolve) => (this.progress = resolve));
  }

  private moved(): void {
    this.progress?.();
    this.progress = null;
  }

  private pump(): void {
    if (this.stopping) return;
    const before = this.waiting.longer(LOW).length;
    for (const row of this.waiting.begin()) {
      void this.send(row).finally(() => {
        this.waiting.ended(row);
        this.pump();
      });
    }
    if (this.waiting.longer(LOW).length < before) this.moved();
  }

  private async send(row: OutgoingNotification): Promise<void> {
    try {
      const verdict = await this.channels.deliver(row);
      if (verdict.kind === 'not-yet')
        return await this.putOff([row, ...(verdict.also ?? [])], verdict.until, verdict.slot);
      if (verdict.kind === 'sent' && verdict.mail === undefined)
        for (const one of [row, ...(verdict.also ?? [])]) this.noteAccepted(one, verdict.response);
      this.settlements.add(this.settlementOf(row, verdict));
      // One message for all: only its own row puts it into the mailbox.
      const rest = verdict.kind === 'sent' ? { kind: verdict.kind, response: verdict.response } : verdict;
      for (const one of verdict.also ?? []) this.settlements.add(this.settlementOf(one, rest));
    } catch (error) {
      // Left to its lease: what went wrong is ours, and the message may have left.
      this.logger.error(
        `${row.id} (${row.topic}) failed`,
        error instanceof Error ? error.stack : String(error),
      );
      this.outbox.abandon(row);
      this.moved();
    }
  }

  private noteAccepted(row: OutgoingNotification, response: string): void {
    const at = this.clock.now().toISOString();
    this.journal.note({ id: row.id, attempts: row.attempts, response: response.slice(0, 200), at });
  }

  /** What a process before this one handed over is not sent again. */
  private async recover(): Promise<void> {
    const { entries, forget } = this.journal.leftovers();
    await this.outbox.settleAccepted(entries);
    forget();
    this.recovered = true;
  }

  private settlementOf(
    row: OutgoingNotification,
    verdict: Exclude<Verdict, { kind: 'not-yet' }>,
  ): Settlement {
    const at = this.clock.now();
    const { response } = verdict;
    if (verdict.kind === 'sent') {
      const { mail } = verdict;
      return {
        row,
        status: 'sent',
        outcome: 'accepted',
        response,
        at,
        ...(mail === undefined ? {} : { mail }),
      };
    }
    if (verdict.kind === 'refused') return { row, status: 'failed', outcome: 'refused', response, at };
    if (verdict.kind === 'unknown') return { row, status: 'failed', outcome: null, response, at };
    if (row.attempts >= MAX_ATTEMPTS) return { row, status: 'failed', outcome: 'deferred', response, at };
    const wait = Math.max(verdict.waitMs ?? 0, retryDelayMs(row.attempts, Math.random()));
    return {
      row,
      status: 'queued',
      outcome: 'deferred',
      response,
      at,
      retryAt: new Date(at.getTime() + wait),
    };
  }

  private async putOff(rows: readonly OutgoingNotification[], until: Date, slot?: Date): Promise<void> {
    await this.outbox.giveBack(rows.map((row) => ({ row, at: until, ...(slot && { slot }) })));
    this.outbox.letGo(rows);
    this.moved();
    const wait = until.getTime() - this.clock.now().getTime();
    if (this.timer !== null || this.stopping) return;
    this.timer = globalThis.setTimeout(() => {
      this.timer = null;
      this.run().catch((error: unknown) =>
        this.logger.warn(`What was put off waits for the sweep: ${String(error)}`),
      );
    }, wait);
    this.timer.unref();
  }

  private settled(batch: readonly Settlement[], written: boolean): void {
    if (!written)
      this.logger.error(`What became of ${batch.length} messages was not written; they may be repeated.`);
    this.outbox.letGo(batch.map(({ row }) => row));
    // What could not be written stays noted for the process after this one.
    if (written) this.journal.settled(batch.map(({ row }) => row.id));
    this.moved();
  }

  private renew(): void {
    this.outbox
      .renew(this.clock.now())
      .catch((error: unknown) => this.logger.warn(`Leases were not renewed: ${String(error)}`));
  }
}
