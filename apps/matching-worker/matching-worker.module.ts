import { Module } from '@nestjs/common';
import { AssignmentsModule } from './assignments/assignments.module.js';
import { matchingProviders } from './matching-jobs.js';
import { TimetablesModule } from './timetables/timetables.module.js';

/** Consumers of the queue `matching`: match runs, imports, timetables, assignments. Needs the PlatformModule beside it. */
@Module({ imports: [TimetablesModule, AssignmentsModule], providers: matchingProviders })
export class MatchingWorkerModule {}
