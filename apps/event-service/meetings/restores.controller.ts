import { Controller, Get, Param, Post } from '@nestjs/common';
import { created } from '#libs/contracts/meetings/meetings.js';
import { restorePreview, type RestorePreview } from '#libs/contracts/meetings/restore.js';
import { idParams } from '#libs/contracts/primitives.js';
import type { Actor } from '#libs/domain/access/actor.js';
import { CurrentActor } from '#libs/platform/auth/allow.js';
import { Endpoint } from '#libs/platform/http/endpoint.js';
import { RestoresService } from './restores.service.js';

@Controller('organizer')
export class RestoresController {
  constructor(private readonly restores: RestoresService) {}

  @Get('timetables/:id/restore')
  @Endpoint({
    allow: 'organizer',
    summary: 'What restoring an older version would change, and who would get which message upon publishing.',
    returns: restorePreview,
  })
  preview(@Param({ schema: idParams }) { id }: { id: string }): Promise<RestorePreview> {
    return this.restores.preview(id);
  }

  @Post('timetables/:id/restore')
  @Endpoint({
    allow: 'organizer',
    summary: 'Make an older version the draft, as a new version.',
    returns: created,
    status: 201,
  })
  restore(
    @CurrentActor() actor: Actor | null,
    @Param({ schema: idParams }) { id }: { id: string },
  ): Promise<{ id: string }> {
    return this.restores.restore(actor, id);
  }
}
