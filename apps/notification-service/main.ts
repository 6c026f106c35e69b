import { runService } from '#libs/platform/run-service.js';
import { NotificationServiceModule } from './notification-service.module.js';

await runService(NotificationServiceModule, { pages: false });
