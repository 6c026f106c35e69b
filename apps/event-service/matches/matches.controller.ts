import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import type { z } from 'zod';
import {
  answerMatch,
  matchContact,
  matchPage,
  matchQuery,
  matchRunPage,
  matchRunView,
  matchSubjectPage,
  matchSubjectQuery,
  matchView,
  startMatchRun,
  type MatchContact,
  type MatchPage,
  type MatchRunView,
  type MatchView,
} from '#libs/contracts/matching/matches.js';
import { done, idParams, pageQuery } from '#libs/contracts/primitives.js';
import type { Actor } from '#libs/domain/access/actor.js';
import { CurrentActor } from '#libs/platform/auth/allow.js';
import { Endpoint } from '#libs/platform/http/endpoint.js';
import { AnswersService } from './answers.service.js';
import { MatchesService } from './matches.service.js';
import { MatchRunsService } from './match-runs.service.js';

type IdParams = z.infer<typeof idParams>;
type MatchQuery = z.infer<typeof matchQuery>;

@Controller()
export class MatchesController {
  constructor(
    private readonly matches: MatchesService,
    private readonly answers: AnswersService,
    private readonly runs: MatchRunsService,
  ) {}

  @Get('matches/subjects')
  @Endpoint({
    allow: 'signedIn',
    summary: "The reader's needs and capabilities with counts of matches.",
    returns: matchSubjectPage,
  })
  subjects(
    @Query({ schema: matchSubjectQuery }) query: z.infer<typeof matchSubjectQuery>,
    @CurrentActor() actor: Actor,
  ): Promise<z.infer<typeof matchSubjectPage>> {
    return this.matches.subjects(actor, query);
  }

  @Get('needs/:id/matches')
  @Endpoint({ allow: 'signedIn', summary: 'The matches of a need, best first.', returns: matchPage })
  ofNeed(
    @Param({ schema: idParams }) params: IdParams,
    @Query({ schema: matchQuery }) query: MatchQuery,
    @CurrentActor() actor: Actor,
  ): Promise<MatchPage> {
    return this.matches.ofSubject(actor, 'need', params.id, query);
  }

  @Get('capabilities/:id/matches')
  @Endpoint({ allow: 'signedIn', summary: 'The matches of a capability, best first.', returns: matchPage })
  ofCapability(
    @Param({ schema: idParams }) params: IdParams,
    @Query({ schema: matchQuery }) query: MatchQuery,
    @CurrentActor() actor: Actor,
  ): Promise<MatchPage> {
    return this.matches.ofSubject(actor, 'capability', params.id, query);
  }

  @Get('matches/:id')
  @Endpoint({ allow: 'signedIn', summary: 'One match with its reasons.', returns: matchView })
  read(@Param({ schema: idParams }) params: IdParams, @CurrentActor() actor: Actor): Promise<MatchView> {
    return this.matches.read(actor, params.id);
  }

  @Post('matches/:id/viewed')
  @HttpCode(200)
  @Endpoint({
    allow: 'signedIn',
    summary: 'Notes that one side opened the match, for the measurement of match quality; not who did.',
    returns: done,
  })
  async viewed(
    @Param({ schema: idParams }) params: IdParams,
    @CurrentActor() actor: Actor,
  ): Promise<z.infer<typeof done>> {
    await this.matches.viewed(actor, params.id);
    return { ok: true };
  }

  @Get('matches/:id/contact')
  @Endpoint({
    allow: 'signedIn',
    summary: 'Contact of the other side, once both are interested; audited.',
    returns: matchContact,
  })
  contact(
    @Param({ schema: idParams }) params: IdParams,
    @CurrentActor() actor: Actor,
  ): Promise<MatchContact> {
    return this.matches.contact(actor, params.id);
  }

  @Post('matches/:id/answer')
  @HttpCode(200)
  @Endpoint({
    allow: 'member',
    summary: 'Says interested, declined (with a reason), later, or takes it back.',
    returns: matchView,
  })
  answer(
    @Param({ schema: idParams }) params: IdParams,
    @Body({ schema: answerMatch }) body: z.infer<typeof answerMatch>,
    @CurrentActor() actor: Actor,
  ): Promise<MatchView> {
    return this.answers.answer(actor, params.id, body);
  }

  @Get('organizer/match-runs')
  @Endpoint({ allow: 'staff', summary: 'Match runs, newest first.', returns: matchRunPage })
  listRuns(
    @Query({ schema: pageQuery }) query: z.infer<typeof pageQuery>,
  ): Promise<z.infer<typeof matchRunPage>> {
    return this.runs.list(query.page, query.pageSize);
  }

  @Get('organizer/match-runs/:id')
  @Endpoint({ allow: 'staff', summary: 'One match run with its progress.', returns: matchRunView })
  readRun(@Param({ schema: idParams }) params: IdParams): Promise<MatchRunView> {
    return this.runs.read(params.id);
  }

  @Post('organizer/match-runs')
  @Endpoint({
    allow: 'organizer',
    summary: 'Starts a match run over everything, one need or one capability.',
    returns: matchRunView,
    status: 201,
  })
  startRun(
    @Body({ schema: startMatchRun }) body: z.infer<typeof startMatchRun>,
    @CurrentActor() actor: Actor,
  ): Promise<MatchRunView> {
    return this.runs.start(actor, body);
  }
}
