import { Global, Module, type DynamicModule } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import type { Config } from '#config/config.js';
import { dataSourceOptions } from '#libs/persistence/data-source.js';
import { ActorLoader } from './auth/actor-loader.js';
import { AuthGuard } from './auth/auth.guard.js';
import { SessionWatch } from './auth/session-watch.js';
import { CONFIG } from './config-token.js';
import { Clock } from './clock.js';
import { HealthController } from './http/health.controller.js';
import { RequestPace } from './http/request-pace.js';
import { Transactions } from './database/transactions.js';
import { JobQueue } from './queue/job-queue.js';
import { JobWorker } from './queue/job-worker.js';
import { PublicUrl } from './public-url.js';
import { SealedBox } from './sealed-box.js';
import { loadSigner, Signer } from './secrets.js';
import { UnsubscribeLinks } from './unsubscribe-links.js';

/** What every process has: configuration, database, queue, clock, signer. Imported once by each entry point. */
@Global()
@Module({})
export class PlatformModule {
  static forRoot(config: Config): DynamicModule {
    if (config.databaseUrl === null)
      throw new Error('DATABASE_URL is needed (npm start brings its own database).');
    return {
      module: PlatformModule,
      imports: [TypeOrmModule.forRoot(dataSourceOptions(config.databaseUrl, config.databasePool))],
      controllers: [HealthController],
      providers: [
        { provide: CONFIG, useValue: config },
        { provide: Signer, useFactory: () => loadSigner(config) },
        SealedBox,
        UnsubscribeLinks,
        Clock,
        Transactions,
        JobQueue,
        JobWorker,
        ActorLoader,
        AuthGuard,
        SessionWatch,
        PublicUrl,
        RequestPace,
      ],
      exports: [
        CONFIG,
        Signer,
        SealedBox,
        UnsubscribeLinks,
        Clock,
        Transactions,
        JobQueue,
        JobWorker,
        ActorLoader,
        AuthGuard,
        SessionWatch,
        PublicUrl,
        RequestPace,
      ],
    };
  }
}
