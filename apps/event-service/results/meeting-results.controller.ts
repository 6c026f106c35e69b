import { Body, Controller, Get, HttpCode, Param, Post, Put } from '@nestjs/common';
import { idParams } from '#libs/contracts/primitives.js';
import {
  meetingResult,
  recordOutcome,
  writeFollowUp,
  type MeetingResult,
  type RecordOutcome,
  type WriteFollowUp,
} from '#libs/contracts/results/meeting-result.js';
import type { Actor } from '#libs/domain/access/actor.js';
import { CurrentActor } from '#libs/platform/auth/allow.js';
import { Endpoint } from '#libs/platform/http/endpoint.js';
import { MeetingResultsService } from './meeting-results.service.js';

@Controller('meetings')
export class MeetingResultsController {
  constructor(private readonly results: MeetingResultsService) {}

  @Get(':id/follow-ups')
  @Endpoint({
    allow: 'signedIn',
    summary: 'What became of a meeting: outcome, the own follow-up, the deal.',
    returns: meetingResult,
  })
  view(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: { id: string },
  ): Promise<MeetingResult> {
    return this.results.view(actor, id);
  }

  @Post(':id/outcome')
  @HttpCode(200)
  @Endpoint({
    allow: 'signedIn',
    summary: 'Records whether a meeting took place; organizers may correct it.',
    returns: meetingResult,
  })
  record(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: { id: string },
    @Body({ schema: recordOutcome }) { outcome }: RecordOutcome,
  ): Promise<MeetingResult> {
    return this.results.recordOutcome(actor, id, outcome);
  }

  @Post(':id/outcome/undo')
  @HttpCode(200)
  @Endpoint({
    allow: 'signedIn',
    summary: 'Takes a recorded outcome back, soon after, by who recorded it or an organizer.',
    returns: meetingResult,
  })
  undo(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: { id: string },
  ): Promise<MeetingResult> {
    return this.results.undoOutcome(actor, id);
  }

  @Put(':id/follow-up')
  @Endpoint({
    allow: 'signedIn',
    summary: "Writes or rewrites the own side's follow-up.",
    returns: meetingResult,
  })
  followUp(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: { id: string },
    @Body({ schema: writeFollowUp }) body: WriteFollowUp,
  ): Promise<MeetingResult> {
    return this.results.writeFollowUp(actor, id, body);
  }
}
