import { Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import type { z } from 'zod';
import {
  matchModelPage,
  matchModelView,
  type MatchModelPage,
  type MatchModelView,
} from '#libs/contracts/matching/match-models.js';
import { idParams, pageQuery } from '#libs/contracts/primitives.js';
import type { Actor } from '#libs/domain/access/actor.js';
import { CurrentActor } from '#libs/platform/auth/allow.js';
import { Endpoint } from '#libs/platform/http/endpoint.js';
import { MatchModelsService } from './match-models.service.js';

type IdParams = z.infer<typeof idParams>;

@Controller('organizer/match-models')
export class MatchModelsController {
  constructor(private readonly models: MatchModelsService) {}

  @Get()
  @Endpoint({
    allow: 'organizer',
    summary: 'Versions of the matching model, newest first, and the one in use.',
    returns: matchModelPage,
  })
  list(@Query({ schema: pageQuery }) { page, pageSize }: z.infer<typeof pageQuery>): Promise<MatchModelPage> {
    return this.models.list(page, pageSize);
  }

  @Get(':id')
  @Endpoint({
    allow: 'organizer',
    summary: 'One version of the matching model with its measured quality.',
    returns: matchModelView,
  })
  read(@Param({ schema: idParams }) { id }: IdParams): Promise<MatchModelView> {
    return this.models.read(id);
  }

  @Post()
  @Endpoint({
    allow: 'organizer',
    summary: 'Trains a version from all feedback so far; one at a time.',
    returns: matchModelView,
    status: 201,
  })
  train(@CurrentActor() actor: Actor): Promise<MatchModelView> {
    return this.models.train(actor);
  }

  @Post(':id/activate')
  @HttpCode(200)
  @Endpoint({
    allow: 'organizer',
    summary: 'Scores everything by this version, an older one too, and matches all needs anew.',
    returns: matchModelView,
  })
  activate(
    @Param({ schema: idParams }) { id }: IdParams,
    @CurrentActor() actor: Actor,
  ): Promise<MatchModelView> {
    return this.models.activate(actor, id);
  }

  @Post(':id/retire')
  @HttpCode(200)
  @Endpoint({
    allow: 'organizer',
    summary: 'Takes the active version back: the shipped model scores again, and all needs are matched anew.',
    returns: matchModelView,
  })
  retire(
    @Param({ schema: idParams }) { id }: IdParams,
    @CurrentActor() actor: Actor,
  ): Promise<MatchModelView> {
    return this.models.retire(actor, id);
  }
}
