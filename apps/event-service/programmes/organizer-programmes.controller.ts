import { Body, Controller, Get, HttpCode, Param, Post, Put } from '@nestjs/common';
import { created } from '#libs/contracts/events/event-editing.js';
import { nextEdition, programmeBody, type ProgrammeBody } from '#libs/contracts/events/programmes.js';
import { done, idParams } from '#libs/contracts/primitives.js';
import type { Actor } from '#libs/domain/access/actor.js';
import { CurrentActor } from '#libs/platform/auth/allow.js';
import { Endpoint } from '#libs/platform/http/endpoint.js';
import { ProgrammesService } from './programmes.service.js';

@Controller('organizer/programmes')
export class OrganizerProgrammesController {
  constructor(private readonly programmes: ProgrammesService) {}

  @Post()
  @Endpoint({ allow: 'organizer', summary: 'Creates a programme.', returns: created, status: 201 })
  create(
    @CurrentActor() actor: Actor,
    @Body({ schema: programmeBody }) body: ProgrammeBody,
  ): Promise<{ id: string }> {
    return this.programmes.create(actor, body);
  }

  @Put(':id')
  @Endpoint({ allow: 'organizer', summary: 'Changes a programme.', returns: done })
  async change(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: { id: string },
    @Body({ schema: programmeBody }) body: ProgrammeBody,
  ): Promise<{ ok: true }> {
    await this.programmes.change(actor, id, body);
    return { ok: true };
  }

  @Post(':id/archive')
  @HttpCode(200)
  @Endpoint({ allow: 'organizer', summary: 'Archives a programme: it takes no new editions.', returns: done })
  async archive(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: { id: string },
  ): Promise<{ ok: true }> {
    await this.programmes.archive(actor, id, true);
    return { ok: true };
  }

  @Post(':id/restore')
  @HttpCode(200)
  @Endpoint({ allow: 'organizer', summary: 'Brings an archived programme back.', returns: done })
  async restore(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: { id: string },
  ): Promise<{ ok: true }> {
    await this.programmes.archive(actor, id, false);
    return { ok: true };
  }

  @Get(':id/next-edition')
  @Endpoint({ allow: 'organizer', summary: 'The next free edition number.', returns: nextEdition })
  nextEdition(@Param({ schema: idParams }) { id }: { id: string }): Promise<{ editionNo: number }> {
    return this.programmes.nextEdition(id);
  }
}
