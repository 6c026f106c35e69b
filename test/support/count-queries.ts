import { AbstractLogger, type LogLevel, type LogMessage } from 'typeorm';
import type { TestPlatform } from './platform.js';

class CountingLogger extends AbstractLogger {
  count = 0;
  override logQuery(): void {
    this.count += 1;
  }
  protected writeLog(_level: LogLevel, _message: LogMessage | LogMessage[]): void {}
}

/** How many SQL queries `action` makes: the least of fifteen runs, because sweeps of the same process ask meanwhile. */
export async function countQueries(platform: TestPlatform, action: () => Promise<unknown>): Promise<number> {
  const before = platform.dataSource.logger;
  const counts: number[] = [];
  try {
    for (let run = 0; run < 15; run++) {
      const counting = new CountingLogger();
      platform.dataSource.logger = counting;
      await action();
      counts.push(counting.count);
    }
  } finally {
    platform.dataSource.logger = before;
  }
  return Math.min(...counts);
}
