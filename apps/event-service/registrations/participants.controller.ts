import { Body, Controller, Get, HttpCode, Param, Post, Query, StreamableFile } from '@nestjs/common';
import { z } from 'zod';
import { idParams } from '#libs/contracts/primitives.js';
import {
  addParticipantBody,
  approveBody,
  bulkOutcome,
  participantPage,
  participantsQuery,
  rejectBody,
  type AddParticipantBody,
  type BulkOutcome,
  type ParticipantPage,
  type ParticipantsQuery,
} from '#libs/contracts/registrations/organizer.js';
import { registered, type Registered } from '#libs/contracts/registrations/registration.js';
import type { Actor } from '#libs/domain/access/actor.js';
import { CurrentActor } from '#libs/platform/auth/allow.js';
import { Endpoint } from '#libs/platform/http/endpoint.js';
import { ApprovalsService } from './approvals.service.js';
import { ParticipantsService } from './participants.service.js';
import { xlsxHeaders } from './workbook.js';

type Id = z.infer<typeof idParams>;

@Controller('organizer/events/:id')
export class ParticipantsController {
  constructor(
    private readonly participants: ParticipantsService,
    private readonly approvals: ApprovalsService,
  ) {}

  @Get('registrations')
  @Endpoint({ allow: 'organizer', summary: 'An event’s registrations.', returns: participantPage })
  list(
    @Param({ schema: idParams }) { id }: Id,
    @Query({ schema: participantsQuery }) query: ParticipantsQuery,
  ): Promise<ParticipantPage> {
    return this.participants.list(id, query);
  }

  @Get('registrations.xlsx')
  @Endpoint({
    allow: 'organizer',
    summary: 'An event’s registrations as a spreadsheet.',
    file: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  })
  async export(
    @Param({ schema: idParams }) { id }: Id,
    @Query({ schema: participantsQuery }) query: ParticipantsQuery,
    @CurrentActor() actor: Actor,
  ): Promise<StreamableFile> {
    const { title, bytes } = await this.participants.export(actor, id, query);
    return new StreamableFile(bytes, xlsxHeaders(`${title}-报名名单`));
  }

  @Post('registrations')
  @Endpoint({
    allow: 'organizer',
    summary: 'Put in a person who has an account.',
    returns: registered,
    status: 201,
  })
  add(
    @Param({ schema: idParams }) { id }: Id,
    @Body({ schema: addParticipantBody }) body: AddParticipantBody,
    @CurrentActor() actor: Actor,
  ): Promise<Registered> {
    return this.approvals.add(actor, id, body);
  }

  @Post('registrations/approve')
  @HttpCode(200)
  @Endpoint({ allow: 'organizer', summary: 'Approve pending registrations.', returns: bulkOutcome })
  approve(
    @Param({ schema: idParams }) { id }: Id,
    @Body({ schema: approveBody }) body: z.infer<typeof approveBody>,
    @CurrentActor() actor: Actor,
  ): Promise<BulkOutcome> {
    return this.approvals.approve(actor, id, body.ids);
  }

  @Post('registrations/reject')
  @HttpCode(200)
  @Endpoint({ allow: 'organizer', summary: 'Reject pending or waiting registrations.', returns: bulkOutcome })
  reject(
    @Param({ schema: idParams }) { id }: Id,
    @Body({ schema: rejectBody }) body: z.infer<typeof rejectBody>,
    @CurrentActor() actor: Actor,
  ): Promise<BulkOutcome> {
    return this.approvals.reject(actor, id, body.ids, body.note);
  }
}
