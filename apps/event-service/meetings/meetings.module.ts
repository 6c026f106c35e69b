import { Module } from '@nestjs/common';
import { AbsencesService } from './absences.service.js';
import { MeetingsController } from './meetings.controller.js';
import { MeetingsService } from './meetings.service.js';
import { OrganizerMeetingsController } from './organizer-meetings.controller.js';
import { OrganizerMeetingsService } from './organizer-meetings.service.js';
import { PlacementsService } from './placements.service.js';
import { ScheduleService } from './schedule.service.js';
import { TimetablesController } from './timetables.controller.js';
import { TimetablesService } from './timetables.service.js';

@Module({
  controllers: [OrganizerMeetingsController, TimetablesController, MeetingsController],
  providers: [
    AbsencesService,
    MeetingsService,
    OrganizerMeetingsService,
    PlacementsService,
    ScheduleService,
    TimetablesService,
  ],
})
export class MeetingsModule {}
