import { Body, Controller, HttpCode, Param, Post, Put } from '@nestjs/common';
import { z } from 'zod';
import {
  agendaBody,
  eventImpact,
  roomsBody,
  tablesBody,
  transitionBody,
  type AgendaBody,
  type EventImpact,
  type RoomsBody,
  type TablesBody,
  type TransitionBody,
} from '#libs/contracts/events/event-editing.js';
import { eventState, type EventStateView } from '#libs/contracts/events/event-views.js';
import {
  announcementBody,
  announcementView,
  type AnnouncementBody,
  type AnnouncementView,
} from '#libs/contracts/notifications/announcement.js';
import { done, idParams } from '#libs/contracts/primitives.js';
import type { Actor } from '#libs/domain/access/actor.js';
import { CurrentActor } from '#libs/platform/auth/allow.js';
import { Endpoint } from '#libs/platform/http/endpoint.js';
import { EventPartsService } from './event-parts.service.js';
import { EventPreviewService } from './event-preview.service.js';
import { EventStatesService } from './event-states.service.js';

@Controller('organizer/events/:id')
export class EventPartsController {
  constructor(
    private readonly parts: EventPartsService,
    private readonly states: EventStatesService,
    private readonly previews: EventPreviewService,
  ) {}

  @Put('agenda')
  @Endpoint({ allow: 'organizer', summary: 'Writes the whole agenda with its speakers.', returns: done })
  async agenda(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: { id: string },
    @Body({ schema: agendaBody }) body: AgendaBody,
  ): Promise<{ ok: true }> {
    await this.parts.writeAgenda(actor, id, body);
    return { ok: true };
  }

  @Put('rooms')
  @Endpoint({ allow: 'organizer', summary: "Creates or changes rooms of the event's venue.", returns: done })
  async rooms(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: { id: string },
    @Body({ schema: roomsBody }) body: RoomsBody,
  ): Promise<{ ok: true }> {
    await this.parts.writeRooms(actor, id, body);
    return { ok: true };
  }

  @Put('tables')
  @Endpoint({ allow: 'organizer', summary: 'Writes the tables for 1:1 meetings.', returns: done })
  async tables(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: { id: string },
    @Body({ schema: tablesBody }) body: TablesBody,
  ): Promise<{ ok: true }> {
    await this.parts.writeTables(actor, id, body);
    return { ok: true };
  }

  @Post('transitions')
  @HttpCode(200)
  @Endpoint({
    allow: 'organizer',
    summary: 'Publishes, closes or reopens registration, marks as held, archives or cancels an event.',
    returns: z.object({ state: eventState }),
  })
  transition(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: { id: string },
    @Body({ schema: transitionBody }) body: TransitionBody,
  ): Promise<{ state: EventStateView }> {
    return this.states.transition(actor, id, body);
  }

  @Post('impact')
  @HttpCode(200)
  @Endpoint({
    allow: 'organizer',
    summary: 'How many people and meetings a change or cancellation would reach now.',
    returns: eventImpact,
  })
  impact(@Param({ schema: idParams }) { id }: { id: string }): Promise<EventImpact> {
    return this.states.impact(id);
  }

  @Post('announcement')
  @HttpCode(200)
  @Endpoint({
    allow: 'organizer',
    summary: 'Who would get what through which channel if the event were changed so; nothing is changed.',
    returns: announcementView,
  })
  announcement(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: { id: string },
    @Body({ schema: announcementBody }) body: AnnouncementBody,
  ): Promise<AnnouncementView> {
    return this.previews.preview(actor, id, body);
  }
}
