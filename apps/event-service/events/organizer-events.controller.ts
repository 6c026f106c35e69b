import { Body, Controller, Delete, Get, Param, Patch, Post, Query } from '@nestjs/common';
import {
  created,
  eventChange,
  eventCopy,
  eventCreation,
  organizerEventView,
  venueList,
  venueQuery,
  type EventChange,
  type EventCopy,
  type EventCreation,
  type OrganizerEventView,
  type VenueList,
} from '#libs/contracts/events/event-editing.js';
import {
  organizerEventPage,
  organizerEventQuery,
  type OrganizerEventPage,
  type OrganizerEventQuery,
} from '#libs/contracts/events/event-views.js';
import { done, idParams } from '#libs/contracts/primitives.js';
import type { Actor } from '#libs/domain/access/actor.js';
import { CurrentActor } from '#libs/platform/auth/allow.js';
import { Endpoint } from '#libs/platform/http/endpoint.js';
import { EventCopierService } from './event-copier.service.js';
import { EventEditorService } from './event-editor.service.js';
import { OrganizerEventReaderService } from './organizer-event-reader.service.js';

@Controller('organizer')
export class OrganizerEventsController {
  constructor(
    private readonly reader: OrganizerEventReaderService,
    private readonly editor: EventEditorService,
    private readonly copier: EventCopierService,
  ) {}

  @Get('events')
  @Endpoint({
    allow: 'organizer',
    summary: 'Events in every state, or templates, with how many there are of each.',
    returns: organizerEventPage,
  })
  list(@Query({ schema: organizerEventQuery }) query: OrganizerEventQuery): Promise<OrganizerEventPage> {
    return this.reader.list(query);
  }

  @Get('venues')
  @Endpoint({ allow: 'organizer', summary: 'Venues used before, with their rooms.', returns: venueList })
  venues(@Query({ schema: venueQuery }) query: { q?: string }): Promise<VenueList> {
    return this.reader.venues(query.q);
  }

  @Post('events')
  @Endpoint({ allow: 'organizer', summary: 'Creates a draft or a template.', returns: created, status: 201 })
  create(
    @CurrentActor() actor: Actor,
    @Body({ schema: eventCreation }) body: EventCreation,
  ): Promise<{ id: string }> {
    return this.editor.create(actor, body);
  }

  @Get('events/:id')
  @Endpoint({ allow: 'organizer', summary: 'An event with all its settings.', returns: organizerEventView })
  detail(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: { id: string },
  ): Promise<OrganizerEventView> {
    return this.reader.detail(actor, id);
  }

  @Patch('events/:id')
  @Endpoint({
    allow: 'organizer',
    summary: 'Changes settings of the version that the editor saw.',
    returns: done,
  })
  async change(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: { id: string },
    @Body({ schema: eventChange }) body: EventChange,
  ): Promise<{ ok: true }> {
    await this.editor.change(actor, id, body);
    return { ok: true };
  }

  @Delete('events/:id')
  @Endpoint({
    allow: 'organizer',
    summary: 'Deletes a draft or template without registrations.',
    returns: done,
  })
  async remove(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: { id: string },
  ): Promise<{ ok: true }> {
    await this.editor.remove(actor, id);
    return { ok: true };
  }

  @Post('events/:id/copies')
  @Endpoint({
    allow: 'organizer',
    summary: 'Clones an event or template to a new date, or saves it as a template; never its registrations.',
    returns: created,
    status: 201,
  })
  copy(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: { id: string },
    @Body({ schema: eventCopy }) body: EventCopy,
  ): Promise<{ id: string }> {
    return this.copier.copy(actor, id, body);
  }
}
