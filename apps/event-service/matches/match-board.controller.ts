import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import {
  boardPage,
  boardQuery,
  boardRow,
  overridePair,
  type BoardPage,
  type BoardQuery,
  type BoardRow,
  type OverridePair,
} from '#libs/contracts/matching/match-board.js';
import type { Actor } from '#libs/domain/access/actor.js';
import { CurrentActor } from '#libs/platform/auth/allow.js';
import { Endpoint } from '#libs/platform/http/endpoint.js';
import { MatchBoardService } from './match-board.service.js';
import { MatchOverridesService } from './match-overrides.service.js';

@Controller('organizer/match-board')
export class MatchBoardController {
  constructor(
    private readonly board: MatchBoardService,
    private readonly overrides: MatchOverridesService,
  ) {}

  @Get()
  @Endpoint({
    allow: 'organizer',
    summary: 'All matches with what both sides said and what organizers decided.',
    returns: boardPage,
  })
  page(@Query({ schema: boardQuery }) query: BoardQuery): Promise<BoardPage> {
    return this.board.page(query);
  }

  @Post('override')
  @HttpCode(200)
  @Endpoint({
    allow: 'organizer',
    summary:
      'Pins a pair (also one that was not proposed), hides it from both sides, or lets the engine decide.',
    returns: boardRow,
  })
  override(
    @Body({ schema: overridePair }) body: OverridePair,
    @CurrentActor() actor: Actor,
  ): Promise<BoardRow> {
    return this.overrides.decide(actor, body);
  }
}
