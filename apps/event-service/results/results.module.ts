import { Module } from '@nestjs/common';
import { CodesModule } from '../codes/codes.module.js';
import { DealStepsService } from './deal-steps.service.js';
import { DealsController } from './deals.controller.js';
import { DealsService } from './deals.service.js';
import { EvidenceStore } from './evidence-store.js';
import { EvidenceController } from './evidence.controller.js';
import { EvidenceService } from './evidence.service.js';
import { MeetingResultsController } from './meeting-results.controller.js';
import { MeetingResultsService } from './meeting-results.service.js';
import { NeedAcceptanceController } from './need-acceptance.controller.js';
import { NeedAcceptanceService } from './need-acceptance.service.js';

@Module({
  imports: [CodesModule],
  controllers: [DealsController, EvidenceController, MeetingResultsController, NeedAcceptanceController],
  providers: [
    DealsService,
    DealStepsService,
    EvidenceStore,
    EvidenceService,
    MeetingResultsService,
    NeedAcceptanceService,
  ],
})
export class ResultsModule {}
