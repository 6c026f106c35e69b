import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import type { z } from 'zod';
import { idParams } from '#libs/contracts/primitives.js';
import {
  correctDeal,
  createDeal,
  dealPage,
  dealQuery,
  dealTransition,
  dealView,
  type CorrectDeal,
  type CreateDeal,
  type DealQuery,
  type DealTransition,
  type DealView,
} from '#libs/contracts/results/deal.js';
import type { Actor } from '#libs/domain/access/actor.js';
import { CurrentActor } from '#libs/platform/auth/allow.js';
import { Endpoint } from '#libs/platform/http/endpoint.js';
import { DealStepsService } from './deal-steps.service.js';
import { DealsService } from './deals.service.js';

@Controller('deals')
export class DealsController {
  constructor(
    private readonly deals: DealsService,
    private readonly steps: DealStepsService,
  ) {}

  @Get()
  @Endpoint({
    allow: 'signedIn',
    summary: 'Deals of the own organisations; staff see all.',
    returns: dealPage,
  })
  list(
    @CurrentActor() actor: Actor,
    @Query({ schema: dealQuery }) query: DealQuery,
  ): Promise<z.infer<typeof dealPage>> {
    return this.deals.list(actor, query);
  }

  @Post()
  @Endpoint({
    allow: 'signedIn',
    summary: 'Opens a deal from a match or a meeting.',
    returns: dealView,
    status: 201,
  })
  create(@CurrentActor() actor: Actor, @Body({ schema: createDeal }) body: CreateDeal): Promise<DealView> {
    return this.deals.create(actor, body);
  }

  @Get(':id')
  @Endpoint({
    allow: 'signedIn',
    summary: 'A deal with its steps, amounts and evidence.',
    returns: dealView,
  })
  view(@CurrentActor() actor: Actor, @Param({ schema: idParams }) { id }: { id: string }): Promise<DealView> {
    return this.deals.view(actor, id);
  }

  @Post(':id/transitions')
  @HttpCode(200)
  @Endpoint({
    allow: 'signedIn',
    summary: 'Moves a deal to another stage, with the facts that stage needs.',
    returns: dealView,
  })
  async transition(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: { id: string },
    @Body({ schema: dealTransition }) body: DealTransition,
  ): Promise<DealView> {
    await this.steps.transition(actor, id, body);
    return this.deals.view(actor, id);
  }

  @Post(':id/corrections')
  @HttpCode(200)
  @Endpoint({ allow: 'signedIn', summary: 'Corrects recorded amounts, with a reason.', returns: dealView })
  async correct(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: { id: string },
    @Body({ schema: correctDeal }) body: CorrectDeal,
  ): Promise<DealView> {
    await this.steps.correct(actor, id, body);
    return this.deals.view(actor, id);
  }
}
