import { runService } from '#libs/platform/run-service.js';
import { EventServiceModule } from './event-service.module.js';

await runService(EventServiceModule, { pages: true });
