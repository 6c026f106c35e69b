import { Body, Controller, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { created } from '#libs/contracts/meetings/meetings.js';
import {
  boardQuery,
  compareQuery,
  moveBody,
  placementParams,
  publishReport,
  swapBody,
  timetableBoard,
  timetableChanges,
  timetableComparison,
  timetableSummary,
  timetableVersions,
  type BoardQuery,
  type CompareQuery,
  type MoveBody,
  type PublishReport,
  type SwapBody,
  type TimetableBoardView,
  type TimetableChanges,
  type TimetableComparison,
  type TimetableSummary,
  type TimetableVersions,
} from '#libs/contracts/meetings/timetables.js';
import { done, idParams } from '#libs/contracts/primitives.js';
import type { Actor } from '#libs/domain/access/actor.js';
import { CurrentActor } from '#libs/platform/auth/allow.js';
import { Endpoint } from '#libs/platform/http/endpoint.js';
import { PlacementsService } from './placements.service.js';
import { TimetablesService } from './timetables.service.js';

@Controller('organizer')
export class TimetablesController {
  constructor(
    private readonly timetables: TimetablesService,
    private readonly placements: PlacementsService,
  ) {}

  @Get('events/:id/timetable')
  @Endpoint({
    allow: 'organizer',
    summary: 'Board of an event: slots, tables and meetings, of the draft or as published.',
    returns: timetableBoard,
  })
  board(
    @Param({ schema: idParams }) { id }: { id: string },
    @Query({ schema: boardQuery }) query: BoardQuery,
  ): Promise<TimetableBoardView> {
    return this.timetables.board(id, query);
  }

  @Get('events/:id/timetables')
  @Endpoint({
    allow: 'organizer',
    summary: 'Every computed version of an event’s timetable, newest first.',
    returns: timetableVersions,
  })
  versions(@Param({ schema: idParams }) { id }: { id: string }): Promise<TimetableVersions> {
    return this.timetables.versions(id);
  }

  @Post('events/:id/timetables')
  @Endpoint({
    allow: 'organizer',
    summary: 'Compute a timetable of an event.',
    returns: created,
    status: 201,
  })
  compute(
    @CurrentActor() actor: Actor | null,
    @Param({ schema: idParams }) { id }: { id: string },
  ): Promise<{ id: string }> {
    return this.timetables.compute(actor, id);
  }

  @Get('timetables/:id')
  @Endpoint({ allow: 'organizer', summary: 'State of a timetable.', returns: timetableSummary })
  status(@Param({ schema: idParams }) { id }: { id: string }): Promise<TimetableSummary> {
    return this.timetables.status(id);
  }

  @Post('timetables/:id/stop')
  @HttpCode(200)
  @Endpoint({
    allow: 'organizer',
    summary: 'Take the best timetable found so far as draft.',
    returns: done,
  })
  stop(@Param({ schema: idParams }) { id }: { id: string }): Promise<{ ok: true }> {
    return this.timetables.stop(id);
  }

  @Get('timetables/:id/changes')
  @Endpoint({
    allow: 'organizer',
    summary: 'What publishing a timetable would change, and for how many people.',
    returns: timetableChanges,
  })
  changes(@Param({ schema: idParams }) { id }: { id: string }): Promise<TimetableChanges> {
    return this.timetables.changes(id);
  }

  @Get('timetables/:id/compare')
  @Endpoint({
    allow: 'organizer',
    summary: 'What differs between two versions, for whom, and the gaps of everybody in both.',
    returns: timetableComparison,
  })
  compare(
    @Param({ schema: idParams }) { id }: { id: string },
    @Query({ schema: compareQuery }) query: CompareQuery,
  ): Promise<TimetableComparison> {
    return this.timetables.compare(id, query.with);
  }

  @Post('timetables/:id/undo')
  @HttpCode(200)
  @Endpoint({ allow: 'organizer', summary: 'Take back the newest change of a draft by hand.', returns: done })
  undo(
    @CurrentActor() actor: Actor | null,
    @Param({ schema: idParams }) { id }: { id: string },
  ): Promise<{ ok: true }> {
    return this.placements.undo(actor, id);
  }

  @Post('timetables/:id/publish')
  @HttpCode(200)
  @Endpoint({
    allow: 'organizer',
    summary: 'Publish a draft and invite everybody whose meetings change.',
    returns: publishReport,
  })
  publish(
    @CurrentActor() actor: Actor | null,
    @Param({ schema: idParams }) { id }: { id: string },
  ): Promise<PublishReport> {
    return this.timetables.publish(actor, id);
  }

  @Patch('timetables/:id/placements/:meetingId')
  @Endpoint({ allow: 'organizer', summary: 'Move a meeting of a draft, or take it out.', returns: done })
  move(
    @CurrentActor() actor: Actor | null,
    @Param({ schema: placementParams }) { id, meetingId }: { id: string; meetingId: string },
    @Body({ schema: moveBody }) body: MoveBody,
  ): Promise<{ ok: true }> {
    return this.placements.move(actor, id, meetingId, body);
  }

  @Post('timetables/:id/swap')
  @HttpCode(200)
  @Endpoint({ allow: 'organizer', summary: 'Exchange the places of two meetings of a draft.', returns: done })
  swap(
    @CurrentActor() actor: Actor | null,
    @Param({ schema: idParams }) { id }: { id: string },
    @Body({ schema: swapBody }) body: SwapBody,
  ): Promise<{ ok: true }> {
    return this.placements.swap(actor, id, body);
  }
}
