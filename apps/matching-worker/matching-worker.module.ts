import { Module } from '@nestjs/common';

/** Consumers of the queue `matching`: match runs, imports, timetables. Needs the PlatformModule beside it. */
@Module({})
export class MatchingWorkerModule {}
