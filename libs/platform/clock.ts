import { Injectable } from '@nestjs/common';

/** The time. Services ask it instead of `new Date()`, so that tests can set it. */
@Injectable()
export class Clock {
  private offsetMs = 0;

  now(): Date {
    return new Date(Date.now() + this.offsetMs);
  }

  /** Moves this process's time, for tests of expiry and reminders. */
  advance(milliseconds: number): void {
    this.offsetMs += milliseconds;
  }
}
