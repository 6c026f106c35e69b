import { Module } from '@nestjs/common';
import { CodesModule } from '../codes/codes.module.js';
import { AnswersService } from './answers.service.js';
import { MatchesController } from './matches.controller.js';
import { MatchesService } from './matches.service.js';
import { MatchRunsService } from './match-runs.service.js';

@Module({
  imports: [CodesModule],
  controllers: [MatchesController],
  providers: [MatchesService, AnswersService, MatchRunsService],
})
export class MatchesModule {}
