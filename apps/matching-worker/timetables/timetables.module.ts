import { Module } from '@nestjs/common';
import { TimetableHandlers } from './timetable-handlers.js';
import { TimetableSolver } from './timetable-solver.js';

@Module({ providers: [TimetableHandlers, TimetableSolver], exports: [TimetableHandlers] })
export class TimetablesModule {}
