import { ConsoleLogger, type LoggerService } from '@nestjs/common';
import type { Config } from '#config/config.js';

/** JSON lines in production behind a log collector, readable lines on a terminal, warnings only in tests. */
export function platformLogger(config: Config): LoggerService {
  if (config.mode === 'test') return new ConsoleLogger({ logLevels: ['error', 'warn', 'fatal'] });
  const json = config.mode === 'production' && !process.stdout.isTTY;
  return new ConsoleLogger({ json, logLevels: ['log', 'warn', 'error', 'fatal'] });
}
