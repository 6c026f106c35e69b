import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import {
  addMeetingBody,
  collectBody,
  collectReport,
  created,
  lockBody,
  meetingPeoplePage,
  meetingPeopleQuery,
  type AddMeetingBody,
  type CollectBody,
  type CollectReport,
  type MeetingPeoplePage,
  type MeetingPeopleQuery,
} from '#libs/contracts/meetings/meetings.js';
import { done, idParams } from '#libs/contracts/primitives.js';
import type { Actor } from '#libs/domain/access/actor.js';
import { CurrentActor } from '#libs/platform/auth/allow.js';
import { Endpoint } from '#libs/platform/http/endpoint.js';
import { OrganizerMeetingsService } from './organizer-meetings.service.js';

@Controller('organizer')
export class OrganizerMeetingsController {
  constructor(private readonly meetings: OrganizerMeetingsService) {}

  @Post('events/:id/meetings/collect')
  @HttpCode(200)
  @Endpoint({
    allow: 'organizer',
    summary: 'Turn mutual interests of people registered at an event into requested meetings.',
    returns: collectReport,
  })
  collect(
    @CurrentActor() actor: Actor | null,
    @Param({ schema: idParams }) { id }: { id: string },
    @Body({ schema: collectBody }) body: CollectBody,
  ): Promise<CollectReport> {
    return this.meetings.collect(actor, id, body);
  }

  @Get('events/:id/meeting-people')
  @Endpoint({
    allow: 'organizer',
    summary: 'People at an event who can have meetings.',
    returns: meetingPeoplePage,
  })
  people(
    @Param({ schema: idParams }) { id }: { id: string },
    @Query({ schema: meetingPeopleQuery }) query: MeetingPeopleQuery,
  ): Promise<MeetingPeoplePage> {
    return this.meetings.people(id, query);
  }

  @Post('events/:id/meetings')
  @Endpoint({
    allow: 'organizer',
    summary: 'Add a meeting of two registered people.',
    returns: created,
    status: 201,
  })
  add(
    @CurrentActor() actor: Actor | null,
    @Param({ schema: idParams }) { id }: { id: string },
    @Body({ schema: addMeetingBody }) body: AddMeetingBody,
  ): Promise<{ id: string }> {
    return this.meetings.add(actor, id, body);
  }

  @Delete('meetings/:id')
  @Endpoint({ allow: 'organizer', summary: 'Remove a meeting that is not scheduled.', returns: done })
  remove(
    @CurrentActor() actor: Actor | null,
    @Param({ schema: idParams }) { id }: { id: string },
  ): Promise<{ ok: true }> {
    return this.meetings.remove(actor, id);
  }

  @Post('meetings/:id/lock')
  @HttpCode(200)
  @Endpoint({ allow: 'organizer', summary: 'Lock a meeting in its place, or unlock it.', returns: done })
  lock(
    @CurrentActor() actor: Actor | null,
    @Param({ schema: idParams }) { id }: { id: string },
    @Body({ schema: lockBody }) { locked }: { locked: boolean },
  ): Promise<{ ok: true }> {
    return this.meetings.lock(actor, id, locked);
  }
}
