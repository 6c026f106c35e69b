import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import type { z } from 'zod';
import {
  compareQuery,
  compareView,
  type CompareQuery,
  type CompareView,
} from '#libs/contracts/matching/match-compare.js';
import {
  askMatchQuestion,
  matchQuestionView,
  type AskMatchQuestion,
  type MatchQuestionView,
} from '#libs/contracts/matching/match-questions.js';
import { idParams } from '#libs/contracts/primitives.js';
import type { Actor } from '#libs/domain/access/actor.js';
import { CurrentActor } from '#libs/platform/auth/allow.js';
import { Endpoint } from '#libs/platform/http/endpoint.js';
import { MatchCompareService } from './match-compare.service.js';
import { MatchQuestionsService } from './match-questions.service.js';

/** Pairs looked at more closely: side by side, and why one is not among the matches. */
@Controller('matches')
export class MatchPairsController {
  constructor(
    private readonly comparison: MatchCompareService,
    private readonly questions: MatchQuestionsService,
  ) {}

  @Get('compare')
  @Endpoint({
    allow: 'signedIn',
    summary: 'Two to four matches of one record side by side.',
    returns: compareView,
  })
  compare(
    @Query({ schema: compareQuery }) { ids }: CompareQuery,
    @CurrentActor() actor: Actor,
  ): Promise<CompareView> {
    return this.comparison.compare(actor, ids);
  }

  @Post('questions')
  @Endpoint({
    allow: 'signedIn',
    summary:
      'Asks why a need and a capability are, or are not, matched; for members of either side and staff.',
    returns: matchQuestionView,
    status: 201,
  })
  ask(
    @Body({ schema: askMatchQuestion }) body: AskMatchQuestion,
    @CurrentActor() actor: Actor,
  ): Promise<MatchQuestionView> {
    return this.questions.ask(actor, body);
  }

  @Get('questions/:id')
  @Endpoint({
    allow: 'signedIn',
    summary: 'A question about a pair with its answer, once the matching worker gave it.',
    returns: matchQuestionView,
  })
  read(
    @Param({ schema: idParams }) { id }: z.infer<typeof idParams>,
    @CurrentActor() actor: Actor,
  ): Promise<MatchQuestionView> {
    return this.questions.read(actor, id);
  }
}
