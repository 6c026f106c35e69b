import { Body, Controller, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { cancellationView, type CancellationView } from '#libs/contracts/meetings/cancellation.js';
import { cancelMeetingBody, meetingView, type MeetingView } from '#libs/contracts/meetings/meetings.js';
import {
  absenceBody,
  absenceQuery,
  absenceView,
  mySchedule,
  myTimetable,
  scheduleQuery,
  type AbsenceBody,
  type AbsenceQuery,
  type AbsenceView,
  type MySchedule,
  type MyTimetable,
  type ScheduleQuery,
} from '#libs/contracts/meetings/schedule.js';
import { done, idParams } from '#libs/contracts/primitives.js';
import type { Actor } from '#libs/domain/access/actor.js';
import { CurrentActor } from '#libs/platform/auth/allow.js';
import { Endpoint } from '#libs/platform/http/endpoint.js';
import { AbsencesService } from './absences.service.js';
import { MeetingsService } from './meetings.service.js';
import { ScheduleService } from './schedule.service.js';

/** Meetings as participants see them. */
@Controller()
export class MeetingsController {
  constructor(
    private readonly meetings: MeetingsService,
    private readonly schedule: ScheduleService,
    private readonly absences: AbsencesService,
  ) {}

  @Get('meetings/:id')
  @Endpoint({
    allow: 'signedIn',
    summary: 'A meeting, for its two sides and organizers.',
    returns: meetingView,
  })
  view(
    @CurrentActor() actor: Actor | null,
    @Param({ schema: idParams }) { id }: { id: string },
  ): Promise<MeetingView> {
    return this.meetings.view(actor, id);
  }

  @Get('meetings/:id/cancellation')
  @Endpoint({
    allow: 'signedIn',
    summary: 'What cancelling a meeting would do: who is told, which gaps it leaves, who could use the slot.',
    returns: cancellationView,
  })
  cancellation(
    @CurrentActor() actor: Actor | null,
    @Param({ schema: idParams }) { id }: { id: string },
  ): Promise<CancellationView> {
    return this.meetings.cancellation(actor, id);
  }

  @Post('meetings/:id/cancel')
  @HttpCode(200)
  @Endpoint({
    allow: 'signedIn',
    summary: 'Cancel a meeting with a reason; both sides are told.',
    returns: done,
  })
  cancel(
    @CurrentActor() actor: Actor | null,
    @Param({ schema: idParams }) { id }: { id: string },
    @Body({ schema: cancelMeetingBody }) { reason }: { reason: string },
  ): Promise<{ ok: true }> {
    return this.meetings.cancel(actor, id, reason);
  }

  @Get('my/schedule')
  @Endpoint({
    allow: 'signedIn',
    summary: 'Events one is registered for and meetings, in order of time, with conflicts.',
    returns: mySchedule,
  })
  mine(
    @CurrentActor() actor: Actor | null,
    @Query({ schema: scheduleQuery }) query: ScheduleQuery,
  ): Promise<MySchedule> {
    return this.schedule.mine(actor, query);
  }

  @Get('events/:id/timetable')
  @Endpoint({ allow: 'signedIn', summary: 'One’s own meetings at an event.', returns: myTimetable })
  ofEvent(
    @CurrentActor() actor: Actor | null,
    @Param({ schema: idParams }) { id }: { id: string },
  ): Promise<MyTimetable> {
    return this.schedule.ofEvent(actor, id);
  }

  @Get('events/:id/absences')
  @Endpoint({
    allow: 'signedIn',
    summary: 'When a person can have no meeting at an event.',
    returns: absenceView,
  })
  readAbsences(
    @CurrentActor() actor: Actor | null,
    @Param({ schema: idParams }) { id }: { id: string },
    @Query({ schema: absenceQuery }) { personId }: AbsenceQuery,
  ): Promise<AbsenceView> {
    return this.absences.read(actor, id, personId);
  }

  @Put('events/:id/absences')
  @Endpoint({ allow: 'signedIn', summary: 'Replace a person’s absences at an event.', returns: absenceView })
  replaceAbsences(
    @CurrentActor() actor: Actor | null,
    @Param({ schema: idParams }) { id }: { id: string },
    @Body({ schema: absenceBody }) body: AbsenceBody,
  ): Promise<AbsenceView> {
    return this.absences.replace(actor, id, body);
  }
}
