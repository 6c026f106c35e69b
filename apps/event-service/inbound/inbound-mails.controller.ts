import { Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import {
  inboundMailDetail,
  inboundMailsPage,
  inboundMailsQuery,
  type InboundMailDetail,
  type InboundMailsPage,
  type InboundMailsQuery,
} from '#libs/contracts/notifications/inbound.js';
import { done, idParams } from '#libs/contracts/primitives.js';
import type { Actor } from '#libs/domain/access/actor.js';
import { CurrentActor } from '#libs/platform/auth/allow.js';
import { Endpoint } from '#libs/platform/http/endpoint.js';
import { InboundMailsService } from './inbound-mails.service.js';

@Controller('organizer/inbound-mails')
export class InboundMailsController {
  constructor(private readonly mails: InboundMailsService) {}

  @Get()
  @Endpoint({
    allow: 'organizer',
    summary: 'Mails that came in and what became of them, newest first.',
    returns: inboundMailsPage,
  })
  list(@Query({ schema: inboundMailsQuery }) query: InboundMailsQuery): Promise<InboundMailsPage> {
    return this.mails.list(query);
  }

  @Get(':id')
  @Endpoint({ allow: 'organizer', summary: 'One mail that came in.', returns: inboundMailDetail })
  read(@Param({ schema: idParams }) { id }: { id: string }): Promise<InboundMailDetail> {
    return this.mails.read(id);
  }

  @Post(':id/apply')
  @HttpCode(200)
  @Endpoint({
    allow: 'organizer',
    summary: 'Take a quarantined mail as the attendee’s own words.',
    returns: done,
  })
  async apply(@Param({ schema: idParams }) { id }: { id: string }, @CurrentActor() actor: Actor) {
    await this.mails.apply(actor, id);
    return { ok: true as const };
  }

  @Post(':id/dismiss')
  @HttpCode(200)
  @Endpoint({ allow: 'organizer', summary: 'Set a quarantined mail aside.', returns: done })
  async dismiss(@Param({ schema: idParams }) { id }: { id: string }, @CurrentActor() actor: Actor) {
    await this.mails.dismiss(actor, id);
    return { ok: true as const };
  }
}
