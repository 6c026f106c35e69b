import { Module, type DynamicModule } from '@nestjs/common';
import type { Config } from '#config/config.js';
import { PlatformModule } from '#libs/platform/platform.module.js';
import { EventServiceModule } from '../event-service/event-service.module.js';
import { MatchingWorkerModule } from '../matching-worker/matching-worker.module.js';
import { NotificationServiceModule } from '../notification-service/notification-service.module.js';

/** Every part of the platform in one process. */
@Module({})
export class StandaloneModule {
  static forRoot(config: Config): DynamicModule {
    return {
      module: StandaloneModule,
      imports: [
        PlatformModule.forRoot(config),
        EventServiceModule,
        MatchingWorkerModule,
        NotificationServiceModule,
      ],
    };
  }
}
