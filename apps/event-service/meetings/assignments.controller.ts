import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import {
  acceptPairsBody,
  acceptReport,
  assignmentPairs,
  assignmentSettings,
  assignmentView,
  pairsQuery,
  undoReport,
  type AcceptPairsBody,
  type AcceptReport,
  type AssignmentPairs,
  type AssignmentSettings,
  type AssignmentView,
  type PairsQuery,
  type UndoReport,
} from '#libs/contracts/meetings/assignments.js';
import { created } from '#libs/contracts/meetings/meetings.js';
import { idParams } from '#libs/contracts/primitives.js';
import type { Actor } from '#libs/domain/access/actor.js';
import { CurrentActor } from '#libs/platform/auth/allow.js';
import { Endpoint } from '#libs/platform/http/endpoint.js';
import { AssignmentsService } from './assignments.service.js';

interface Id {
  id: string;
}

@Controller('organizer')
export class AssignmentsController {
  constructor(private readonly assignments: AssignmentsService) {}

  @Get('events/:id/assignment')
  @Endpoint({
    allow: 'organizer',
    summary: 'Who should meet whom at an event: settings, and how far the newest proposal is.',
    returns: assignmentView,
  })
  view(@Param({ schema: idParams }) { id }: Id): Promise<AssignmentView> {
    return this.assignments.view(id);
  }

  @Post('events/:id/assignments')
  @Endpoint({
    allow: 'organizer',
    summary: 'Store what is wanted of meetings and compute who should meet whom; no meeting is written.',
    returns: created,
    status: 201,
  })
  compute(
    @CurrentActor() actor: Actor | null,
    @Param({ schema: idParams }) { id }: Id,
    @Body({ schema: assignmentSettings }) settings: AssignmentSettings,
  ): Promise<Id> {
    return this.assignments.compute(actor, id, settings);
  }

  @Get('assignments/:id/pairs')
  @Endpoint({
    allow: 'organizer',
    summary: 'Pairs of a proposal, each with why it is proposed or why not.',
    returns: assignmentPairs,
  })
  pairs(
    @Param({ schema: idParams }) { id }: Id,
    @Query({ schema: pairsQuery }) query: PairsQuery,
  ): Promise<AssignmentPairs> {
    return this.assignments.pairs(id, query);
  }

  @Post('assignments/:id/accept')
  @HttpCode(200)
  @Endpoint({
    allow: 'organizer',
    summary: 'Write meetings of all pairs that are proposed, or of some.',
    returns: acceptReport,
  })
  accept(
    @CurrentActor() actor: Actor | null,
    @Param({ schema: idParams }) { id }: Id,
    @Body({ schema: acceptPairsBody }) { pairIds }: AcceptPairsBody,
  ): Promise<AcceptReport> {
    return this.assignments.accept(actor, id, pairIds);
  }

  @Post('assignments/:id/undo')
  @HttpCode(200)
  @Endpoint({
    allow: 'organizer',
    summary: 'Take back the meetings that were accepted last and that nobody has in the calendar.',
    returns: undoReport,
  })
  undo(@CurrentActor() actor: Actor | null, @Param({ schema: idParams }) { id }: Id): Promise<UndoReport> {
    return this.assignments.undo(actor, id);
  }
}
