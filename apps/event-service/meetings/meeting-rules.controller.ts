import { Body, Controller, Get, Param, Patch, Put } from '@nestjs/common';
import { limitsBody, limitsView, type LimitsBody, type LimitsView } from '#libs/contracts/meetings/limits.js';
import {
  meetingChange,
  meetingChangeReport,
  type MeetingChange,
  type MeetingChangeReport,
} from '#libs/contracts/meetings/meetings.js';
import { idParams } from '#libs/contracts/primitives.js';
import type { Actor } from '#libs/domain/access/actor.js';
import { CurrentActor } from '#libs/platform/auth/allow.js';
import { Endpoint } from '#libs/platform/http/endpoint.js';
import { LimitsService } from './limits.service.js';
import { OrganizerMeetingsService } from './organizer-meetings.service.js';

/** What organizers ask of a timetable: of each meeting, and how many there should be. */
@Controller('organizer')
export class MeetingRulesController {
  constructor(
    private readonly meetings: OrganizerMeetingsService,
    private readonly limits: LimitsService,
  ) {}

  @Patch('meetings/:id')
  @Endpoint({
    allow: 'organizer',
    summary:
      'Change a meeting’s length, needs, wish or guests; what is published stays until the next timetable.',
    returns: meetingChangeReport,
  })
  change(
    @CurrentActor() actor: Actor | null,
    @Param({ schema: idParams }) { id }: { id: string },
    @Body({ schema: meetingChange }) body: MeetingChange,
  ): Promise<MeetingChangeReport> {
    return this.meetings.change(actor, id, body);
  }

  @Get('events/:id/meeting-limits')
  @Endpoint({
    allow: 'organizer',
    summary: 'How many meetings people and organisations should have at an event.',
    returns: limitsView,
  })
  readLimits(@Param({ schema: idParams }) { id }: { id: string }): Promise<LimitsView> {
    return this.limits.read(id);
  }

  @Put('events/:id/meeting-limits')
  @Endpoint({
    allow: 'organizer',
    summary: 'Replace how many meetings people and organisations should have at an event.',
    returns: limitsView,
  })
  replaceLimits(
    @CurrentActor() actor: Actor | null,
    @Param({ schema: idParams }) { id }: { id: string },
    @Body({ schema: limitsBody }) body: LimitsBody,
  ): Promise<LimitsView> {
    return this.limits.replace(actor, id, body);
  }
}
