import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import {
  eventPage,
  eventQuery,
  eventView,
  type EventPage,
  type EventQuery,
  type EventView,
} from '#libs/contracts/events/event-views.js';
import { idParams } from '#libs/contracts/primitives.js';
import type { Actor } from '#libs/domain/access/actor.js';
import { CurrentActor } from '#libs/platform/auth/allow.js';
import { Endpoint } from '#libs/platform/http/endpoint.js';
import { sendFeed } from '../calendars/send-feed.js';
import { EventReaderService } from './event-reader.service.js';

@Controller('events')
export class EventsController {
  constructor(private readonly events: EventReaderService) {}

  @Get()
  @Endpoint({
    allow: 'public',
    summary: 'Events that were published, whatever became of them.',
    returns: eventPage,
  })
  list(@Query({ schema: eventQuery }) query: EventQuery): Promise<EventPage> {
    return this.events.list(query);
  }

  @Get(':id')
  @Endpoint({
    allow: 'public',
    summary: 'An event with its agenda, and the registration of the caller.',
    returns: eventView,
  })
  detail(
    @CurrentActor() actor: Actor | null,
    @Param({ schema: idParams }) { id }: { id: string },
  ): Promise<EventView> {
    return this.events.detail(actor, id);
  }

  @Get(':id/calendar.ics')
  @Endpoint({ allow: 'public', summary: 'The event as a calendar file.', file: 'text/calendar' })
  async calendar(
    @CurrentActor() actor: Actor | null,
    @Param({ schema: idParams }) { id }: { id: string },
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string | Buffer | null> {
    const text = await this.events.calendar(actor, id);
    return sendFeed(request, reply, text, { name: `event-${id.slice(-6)}`, use: 'file' });
  }
}
