import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { idParams } from '#libs/contracts/primitives.js';
import {
  acceptNeed,
  needAcceptanceView,
  type AcceptNeed,
  type NeedAcceptanceView,
} from '#libs/contracts/results/need-acceptance.js';
import type { Actor } from '#libs/domain/access/actor.js';
import { CurrentActor } from '#libs/platform/auth/allow.js';
import { Endpoint } from '#libs/platform/http/endpoint.js';
import { NeedAcceptanceService } from './need-acceptance.service.js';

@Controller('needs/:id/acceptance')
export class NeedAcceptanceController {
  constructor(private readonly acceptances: NeedAcceptanceService) {}

  @Get()
  @Endpoint({
    allow: 'public',
    summary: 'Whether a need was accepted as solved; who said so, for the two sides and staff.',
    returns: needAcceptanceView,
  })
  view(
    @CurrentActor() actor: Actor | null,
    @Param({ schema: idParams }) { id }: { id: string },
  ): Promise<NeedAcceptanceView> {
    return this.acceptances.view(actor, id);
  }

  @Post()
  @HttpCode(201)
  @Endpoint({
    allow: 'signedIn',
    summary: "Accepts a need as solved: only a member of the need's own organisation can.",
    returns: needAcceptanceView,
    status: 201,
  })
  accept(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: { id: string },
    @Body({ schema: acceptNeed }) body: AcceptNeed,
  ): Promise<NeedAcceptanceView> {
    return this.acceptances.accept(actor, id, body);
  }
}
