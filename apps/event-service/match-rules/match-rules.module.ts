import { Module } from '@nestjs/common';
import { BlocksService } from './blocks.service.js';
import { MatchRulesController } from './match-rules.controller.js';
import { OrganisationSettings } from './organisation-settings.service.js';
import { RecordSettings } from './record-settings.service.js';

@Module({
  controllers: [MatchRulesController],
  providers: [BlocksService, OrganisationSettings, RecordSettings],
})
export class MatchRulesModule {}
