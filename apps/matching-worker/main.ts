import { runService } from '#libs/platform/run-service.js';
import { MatchingWorkerModule } from './matching-worker.module.js';

await runService(MatchingWorkerModule, { pages: false });
