import { ConsoleLogger, type LoggerService } from '@nestjs/common';
import type { Config } from '#config/config.js';

/** What Nest says of every module and route at each start; nobody reads it. */
const NOISE = new Set([
  'NestFactory',
  'InstanceLoader',
  'RoutesResolver',
  'RouterExplorer',
  'NestApplication',
]);

class PlatformLogger extends ConsoleLogger {
  override log(message: unknown, ...rest: unknown[]): void {
    const context = rest.at(-1);
    if (typeof context === 'string' && NOISE.has(context)) return;
    super.log(message, ...(rest as [string]));
  }
}

/** JSON lines in production behind a log collector, readable lines on a terminal, warnings only in tests. */
export function platformLogger(config: Config): LoggerService {
  if (config.mode === 'test') return new ConsoleLogger({ logLevels: ['error', 'warn', 'fatal'] });
  const json = config.mode === 'production' && !process.stdout.isTTY;
  return new PlatformLogger({ json, logLevels: ['log', 'warn', 'error', 'fatal'] });
}
