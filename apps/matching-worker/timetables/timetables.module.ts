import { Module } from '@nestjs/common';
import { TimetableHandlers } from './timetable-handlers.js';

@Module({ providers: [TimetableHandlers], exports: [TimetableHandlers] })
export class TimetablesModule {}
