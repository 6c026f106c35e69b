import { Module } from '@nestjs/common';
import { AssignmentHandlers } from './assignment-handlers.js';
import { AssignmentSolver } from './assignment-solver.js';

@Module({ providers: [AssignmentHandlers, AssignmentSolver], exports: [AssignmentHandlers] })
export class AssignmentsModule {}
