import { Logger, Module, type DynamicModule, type Type } from '@nestjs/common';
import { ConfigError, loadConfig } from '#config/config.js';
import { migrate } from './database/migrate.js';
import { createHttpApp } from './http/create-http-app.js';
import { PlatformModule } from './platform.module.js';
import { ServerUnreachableError } from './server-unreachable.js';

@Module({})
class ServiceModule {
  static forRoot(imports: (Type | DynamicModule)[]): DynamicModule {
    return { module: ServiceModule, imports };
  }
}

/**
 * Runs one kind of process of a deployment: migrates (one process at a time does it), starts the module and answers
 * /api/health on HOST:PORT. `pages` also serves the API's documentation and the built web application.
 */
export async function runService(module: Type, options: { readonly pages: boolean }): Promise<void> {
  try {
    const config = loadConfig();
    await migrate(config);
    const app = await createHttpApp(ServiceModule.forRoot([PlatformModule.forRoot(config), module]), config);
    app.enableShutdownHooks();
    if (options.pages) {
      const [{ serveOpenApi }, { serveWebApp }] = await Promise.all([
        import('./http/openapi.js'),
        import('./http/serve-web-app.js'),
      ]);
      serveOpenApi(app);
      await serveWebApp(app);
    }
    await app.listen(config.port, config.host);
    new Logger(module.name).log(`ready on ${await app.getUrl()}`);
  } catch (error) {
    const expected = error instanceof ConfigError || error instanceof ServerUnreachableError;
    console.error(expected ? error.message : error);
    process.exitCode = 1;
    setTimeout(() => process.exit(1), 1000).unref();
  }
}
