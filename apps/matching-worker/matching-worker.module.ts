import { Module } from '@nestjs/common';
import { matchingProviders } from './matching-jobs.js';
import { TimetablesModule } from './timetables/timetables.module.js';

/** Consumers of the queue `matching`: match runs, imports, timetables. Needs the PlatformModule beside it. */
@Module({ imports: [TimetablesModule], providers: matchingProviders })
export class MatchingWorkerModule {}
