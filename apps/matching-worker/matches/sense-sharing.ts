import { setImmediate } from 'node:timers/promises';
import type { PairReader } from '#libs/domain/matching/learning/learned-ranking.js';

/** How long a request may wait for what is being read, in milliseconds. */
const SLICE_MS = 20;

/** Memory that holds what documents mean by these statistics; threads of one process share it. */
export interface SensesOfThread {
  readonly statisticsVersion: number;
  readonly memory: SharedArrayBuffer;
}

/**
 * Shares what documents mean between the threads of a process: one makes the memory and also fills it while nothing is
 * asked of it, so that the first long run finds the documents read; the others use it.
 */
export class SenseSharing {
  private reader: PairReader | null = null;
  private slot = 0;
  private requests = 0;
  private running = false;

  /** @param announce Told of the memory this one makes; null makes none. */
  constructor(private readonly announce: ((senses: SensesOfThread) => void) | null) {}

  /** Lets the reader use another thread's memory where it fits, else its own. */
  share(reader: PairReader, statisticsVersion: number, senses: SensesOfThread | undefined): void {
    if (senses?.statisticsVersion === statisticsVersion) {
      if (reader.senses !== senses.memory) reader.shareSenses(senses.memory);
    } else if (this.announce !== null && reader.senses === null) {
      reader.shareSenses();
      this.announce({ statisticsVersion, memory: reader.senses! });
      [this.reader, this.slot] = [reader, 0];
    }
  }

  /** Stops for a request; what is returned is called when it is done with. */
  pause(): () => void {
    this.requests += 1;
    return () => {
      this.requests -= 1;
      void this.run();
    };
  }

  private async run(): Promise<void> {
    if (this.running) return;
    this.running = true;
    while (this.requests === 0 && this.readSlice()) await setImmediate();
    this.running = false;
  }

  /** False when there is nothing left to read. */
  private readSlice(): boolean {
    const { reader } = this;
    if (reader === null) return false;
    const { index } = reader.space;
    const until = performance.now() + SLICE_MS;
    for (; this.slot < index.slotCount; this.slot += 1) {
      if (performance.now() > until) return true;
      // Those that are read are kept by the reader.
      if (index.idAt(this.slot) !== null) reader.capabilityAt(this.slot);
    }
    this.reader = null;
    return false;
  }
}
