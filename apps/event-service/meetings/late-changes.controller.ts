import { Body, Controller, Delete, Get, HttpCode, Param, Post } from '@nestjs/common';
import {
  lateChangeBody,
  lateChangePreview,
  lateChangeReport,
  type LateChangeBody,
  type LateChangePreview,
  type LateChangeReport,
} from '#libs/contracts/meetings/late-changes.js';
import { created } from '#libs/contracts/meetings/meetings.js';
import { done, idParams } from '#libs/contracts/primitives.js';
import type { Actor } from '#libs/domain/access/actor.js';
import { CurrentActor } from '#libs/platform/auth/allow.js';
import { Endpoint } from '#libs/platform/http/endpoint.js';
import { LateChangesService } from './late-changes.service.js';

interface Id {
  id: string;
}

/** Cancellations, late arrivals and late meetings: their cost before they are accepted. */
@Controller('organizer')
export class LateChangesController {
  constructor(private readonly changes: LateChangesService) {}

  @Post('events/:id/late-changes')
  @Endpoint({
    allow: 'organizer',
    summary: 'Ask what a late change of the published timetable would cost; nobody is told.',
    returns: created,
    status: 201,
  })
  ask(
    @CurrentActor() actor: Actor | null,
    @Param({ schema: idParams }) { id }: Id,
    @Body({ schema: lateChangeBody }) body: LateChangeBody,
  ): Promise<Id> {
    return this.changes.ask(actor, id, body);
  }

  @Get('late-changes/:id')
  @Endpoint({
    allow: 'organizer',
    summary: 'Which meetings a late change would move, and who would get which message.',
    returns: lateChangePreview,
  })
  preview(
    @CurrentActor() actor: Actor | null,
    @Param({ schema: idParams }) { id }: Id,
  ): Promise<LateChangePreview> {
    return this.changes.preview(actor, id);
  }

  @Post('late-changes/:id/apply')
  @HttpCode(200)
  @Endpoint({
    allow: 'organizer',
    summary: 'Accept a late change: publish its timetable and tell those it concerns.',
    returns: lateChangeReport,
  })
  apply(
    @CurrentActor() actor: Actor | null,
    @Param({ schema: idParams }) { id }: Id,
  ): Promise<LateChangeReport> {
    return this.changes.apply(actor, id);
  }

  @Delete('late-changes/:id')
  @Endpoint({ allow: 'organizer', summary: 'Give up the preview of a late change.', returns: done })
  discard(@Param({ schema: idParams }) { id }: Id): Promise<{ ok: true }> {
    return this.changes.discard(id);
  }
}
