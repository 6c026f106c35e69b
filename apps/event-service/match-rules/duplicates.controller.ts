import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import type { z } from 'zod';
import {
  duplicateDecision,
  duplicatePage,
  duplicateQuery,
  type DuplicateDecision,
  type DuplicatePage,
  type DuplicateQuery,
} from '#libs/contracts/match-rules/duplicates.js';
import { done, idParams } from '#libs/contracts/primitives.js';
import type { Actor } from '#libs/domain/access/actor.js';
import { CurrentActor } from '#libs/platform/auth/allow.js';
import { Endpoint } from '#libs/platform/http/endpoint.js';
import { DuplicatesService } from './duplicates.service.js';

@Controller('organizer/near-duplicates')
export class DuplicatesController {
  constructor(private readonly duplicates: DuplicatesService) {}

  @Get()
  @Endpoint({
    allow: 'organizer',
    summary: 'Needs or capabilities with nearly the same text, in pairs.',
    returns: duplicatePage,
  })
  list(@Query({ schema: duplicateQuery }) query: DuplicateQuery): Promise<DuplicatePage> {
    return this.duplicates.list(query);
  }

  @Post(':id/decision')
  @HttpCode(200)
  @Endpoint({
    allow: 'organizer',
    summary: 'Says whether two records are the same, or takes that back.',
    returns: done,
  })
  async decide(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: z.infer<typeof idParams>,
    @Body({ schema: duplicateDecision }) body: DuplicateDecision,
  ): Promise<{ ok: true }> {
    await this.duplicates.decide(actor, id, body);
    return { ok: true };
  }
}
