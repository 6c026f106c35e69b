import { Module } from '@nestjs/common';
import { BlocksService } from './blocks.service.js';
import { DuplicatesController } from './duplicates.controller.js';
import { DuplicatesService } from './duplicates.service.js';
import { MatchRulesController } from './match-rules.controller.js';
import { OrganisationSettings } from './organisation-settings.service.js';
import { RecordSettings } from './record-settings.service.js';

@Module({
  controllers: [MatchRulesController, DuplicatesController],
  providers: [BlocksService, DuplicatesService, OrganisationSettings, RecordSettings],
})
export class MatchRulesModule {}
