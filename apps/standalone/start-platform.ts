import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Config } from '#config/config.js';
import { migrate } from '#libs/platform/database/migrate.js';
import { createHttpApp } from '#libs/platform/http/create-http-app.js';
import { serveOpenApi } from '#libs/platform/http/openapi.js';
import { serveWebApp } from '#libs/platform/http/serve-web-app.js';
import { localUrl } from '#libs/platform/public-url.js';
import { StandaloneModule } from './standalone.module.js';
import { takeOver } from './take-over.js';

export interface RunningPlatform {
  readonly app: NestFastifyApplication;
  /** Base URL it listens on, without a trailing slash. */
  readonly url: string;
  /** Stops it once; later calls wait for the first. */
  stop(): Promise<void>;
}

/**
 * Migrates the database of `config.databaseUrl` and runs every part of the platform in this process. `aloneOnDatabase`:
 * no other process uses the database, so that whatever an earlier one was at is free to be taken up at once.
 */
export async function startPlatform(
  config: Config,
  options: { readonly aloneOnDatabase: boolean } = { aloneOnDatabase: false },
): Promise<RunningPlatform> {
  await migrate(config);
  if (options.aloneOnDatabase) await takeOver(config);
  const app = await createHttpApp(StandaloneModule.forRoot(config), config);
  try {
    serveOpenApi(app);
    await serveWebApp(app);
    await app.listen(config.port, config.host);
  } catch (error) {
    await app.close();
    throw error;
  }
  const address = app.getHttpServer().address() as { port: number };
  let stopping: Promise<void> | null = null;
  return {
    app,
    url: localUrl(config.host, address.port),
    stop: () => (stopping ??= app.close()),
  };
}
