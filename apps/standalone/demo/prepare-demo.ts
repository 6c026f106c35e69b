import type { Config } from '#config/config.js';
import type { OpenDatabase } from '../open-database.js';

export interface DemoReport {
  readonly lines: readonly string[];
}

export async function prepareDemo(
  config: Config & { databaseUrl: string },
  database: OpenDatabase,
  options: { readonly reset: boolean },
): Promise<DemoReport> {
  void [config, database, options];
  return Promise.resolve({ lines: [] });
}
