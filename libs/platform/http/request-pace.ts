import { Injectable } from '@nestjs/common';

const WINDOW_MS = 500;
/** A hundred requests a second are work for most of a core. */
const MANY = 50;

/** Whether this process is answering many people right now; a process without pages never is. */
@Injectable()
export class RequestPace {
  private window = 0;
  private count = 0;
  private before = 0;

  /** One request more; `now` in milliseconds, never falling. */
  note(now: number): void {
    this.turn(now);
    this.count += 1;
  }

  isBusy(now: number): boolean {
    this.turn(now);
    return Math.max(this.count, this.before) >= MANY;
  }

  private turn(now: number): void {
    const window = Math.floor(now / WINDOW_MS);
    if (window === this.window) return;
    this.before = window === this.window + 1 ? this.count : 0;
    this.count = 0;
    this.window = window;
  }
}
