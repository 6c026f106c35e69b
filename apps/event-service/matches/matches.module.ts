import { Module } from '@nestjs/common';
import { CodesModule } from '../codes/codes.module.js';
import { AnswersService } from './answers.service.js';
import { MatchBoardController } from './match-board.controller.js';
import { MatchBoardService } from './match-board.service.js';
import { MatchCompareService } from './match-compare.service.js';
import { MatchModelsController } from './match-models.controller.js';
import { MatchModelsService } from './match-models.service.js';
import { MatchOverridesService } from './match-overrides.service.js';
import { MatchPairsController } from './match-pairs.controller.js';
import { MatchQualityController } from './match-quality.controller.js';
import { MatchQualityService } from './match-quality.service.js';
import { MatchQuestionsService } from './match-questions.service.js';
import { MatchRunsService } from './match-runs.service.js';
import { MatchesController } from './matches.controller.js';
import { MatchesService } from './matches.service.js';
import { QualityWorkbookService } from './quality-workbook.service.js';

@Module({
  imports: [CodesModule],
  // Before MatchesController, whose `matches/:id` would take `matches/compare`.
  controllers: [
    MatchPairsController,
    MatchesController,
    MatchBoardController,
    MatchModelsController,
    MatchQualityController,
  ],
  providers: [
    MatchesService,
    AnswersService,
    MatchRunsService,
    MatchBoardService,
    MatchOverridesService,
    MatchCompareService,
    MatchQuestionsService,
    MatchModelsService,
    MatchQualityService,
    QualityWorkbookService,
  ],
})
export class MatchesModule {}
