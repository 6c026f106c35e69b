import { Module } from '@nestjs/common';
import { AbsencesService } from './absences.service.js';
import { AssignmentsController } from './assignments.controller.js';
import { AssignmentsService } from './assignments.service.js';
import { ExpireRequests } from './expire-requests.js';
import { LateChangesController } from './late-changes.controller.js';
import { LateChangesService } from './late-changes.service.js';
import { LimitsService } from './limits.service.js';
import { LiveController } from './live.controller.js';
import { LiveService } from './live.service.js';
import { MeetingRulesController } from './meeting-rules.controller.js';
import { MeetingsController } from './meetings.controller.js';
import { MeetingsService } from './meetings.service.js';
import { OffersService } from './offers.service.js';
import { OrganizerMeetingsController } from './organizer-meetings.controller.js';
import { OrganizerMeetingsService } from './organizer-meetings.service.js';
import { PlacementsService } from './placements.service.js';
import { RequestsController } from './requests.controller.js';
import { RequestsService } from './requests.service.js';
import { RestoresController } from './restores.controller.js';
import { RestoresService } from './restores.service.js';
import { ScheduleService } from './schedule.service.js';
import { TimetablesController } from './timetables.controller.js';
import { TimetablesService } from './timetables.service.js';

@Module({
  controllers: [
    OrganizerMeetingsController,
    AssignmentsController,
    MeetingRulesController,
    TimetablesController,
    MeetingsController,
    RequestsController,
    RestoresController,
    LateChangesController,
    LiveController,
  ],
  providers: [
    AbsencesService,
    AssignmentsService,
    ExpireRequests,
    LateChangesService,
    LimitsService,
    LiveService,
    MeetingsService,
    OffersService,
    OrganizerMeetingsService,
    PlacementsService,
    RequestsService,
    RestoresService,
    ScheduleService,
    TimetablesService,
  ],
  exports: [ExpireRequests],
})
export class MeetingsModule {}
