import { setTimeout } from 'node:timers/promises';
import type { Outbox, Settlement } from './outbox.js';

/** Together shorter than the lease: a database that is away for a moment must not lead to a second copy. */
const NOTE_TRIES = 20;
const NOTE_PAUSE_MS = 1_000;
/** So many at most are in one statement. */
const MOST = 200;
/**
 * How long tries gather while others are under way. A statement for a few rows costs nearly what one for many does, and
 * what was accepted is in the journal meanwhile.
 */
const GATHER_MS = 100;

/** Writes what became of tries in batches: while one is being written the next gathers. */
export class Settlements {
  private waiting: Settlement[] = [];
  private writing: Promise<void> | null = null;
  private hurry: (() => void) | null = null;

  constructor(
    private readonly outbox: Outbox,
    /** Told after each batch, `written` false when the rows are left to their lease. */
    private readonly settled: (batch: readonly Settlement[], written: boolean) => void,
    private readonly gatherMs = GATHER_MS,
  ) {}

  add(settlement: Settlement): void {
    this.waiting.push(settlement);
    if (this.isEnough()) this.hurry?.();
    this.writing ??= this.write();
  }

  async idle(): Promise<void> {
    while (this.writing !== null) await this.writing;
  }

  private async write(): Promise<void> {
    try {
      while (this.waiting.length > 0) {
        await this.gather();
        const batch = this.waiting.splice(0, MOST);
        this.settled(batch, await this.tryToWrite(batch));
      }
    } finally {
      this.writing = null;
    }
  }

  /** A full statement, or all that is in hand: nothing more would come. */
  private isEnough(): boolean {
    return this.waiting.length >= MOST || this.waiting.length >= this.outbox.inHand();
  }

  private async gather(): Promise<void> {
    // One turn of the event loop: what is decided in it shares the statement.
    await setTimeout(1);
    if (this.isEnough()) return;
    const waiting = new AbortController();
    this.hurry = () => waiting.abort();
    await setTimeout(this.gatherMs, undefined, { signal: waiting.signal }).catch(() => undefined);
    this.hurry = null;
  }

  private async tryToWrite(batch: readonly Settlement[]): Promise<boolean> {
    for (let tries = 1; tries <= NOTE_TRIES; tries++) {
      try {
        await this.outbox.settle(batch);
        return true;
      } catch {
        await setTimeout(NOTE_PAUSE_MS);
      }
    }
    return false;
  }
}
