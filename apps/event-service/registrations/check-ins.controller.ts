import { Body, Controller, Get, HttpCode, Param, Post, Query, StreamableFile } from '@nestjs/common';
import { z } from 'zod';
import { idParams } from '#libs/contracts/primitives.js';
import {
  attendance,
  attendeePage,
  checkInBody,
  checkInQuery,
  checkInResult,
  eventRegistrationParams,
  type Attendance,
  type AttendeePage,
  type CheckInBody,
  type CheckInQuery,
  type CheckInResult,
} from '#libs/contracts/registrations/check-in.js';
import type { Actor } from '#libs/domain/access/actor.js';
import { CurrentActor } from '#libs/platform/auth/allow.js';
import { Endpoint } from '#libs/platform/http/endpoint.js';
import { CheckInsService } from './check-ins.service.js';
import { xlsxHeaders } from './workbook.js';

type Id = z.infer<typeof idParams>;

@Controller('organizer/events/:id')
export class CheckInsController {
  constructor(private readonly checkIns: CheckInsService) {}

  @Post('check-ins')
  @HttpCode(200)
  @Endpoint({
    allow: 'staff',
    summary: 'Check somebody in; repeating it changes nothing.',
    returns: checkInResult,
  })
  checkIn(
    @Param({ schema: idParams }) { id }: Id,
    @Body({ schema: checkInBody }) body: CheckInBody,
    @CurrentActor() actor: Actor,
  ): Promise<CheckInResult> {
    return this.checkIns.checkIn(actor, id, body);
  }

  @Get('check-ins')
  @Endpoint({ allow: 'staff', summary: 'Who is expected and who came.', returns: attendeePage })
  list(
    @Param({ schema: idParams }) { id }: Id,
    @Query({ schema: checkInQuery }) query: CheckInQuery,
  ): Promise<AttendeePage> {
    return this.checkIns.list(id, query);
  }

  @Get('check-ins.xlsx')
  @Endpoint({
    allow: 'staff',
    summary: 'The attendance sheet (签到表).',
    file: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  })
  async export(
    @Param({ schema: idParams }) { id }: Id,
    @CurrentActor() actor: Actor,
  ): Promise<StreamableFile> {
    const { title, bytes } = await this.checkIns.export(actor, id);
    return new StreamableFile(bytes, xlsxHeaders(`${title}-签到表`));
  }

  @Post('check-ins/:registrationId/undo')
  @HttpCode(200)
  @Endpoint({ allow: 'organizer', summary: 'Take a mistaken check-in back.', returns: attendance })
  undo(
    @Param({ schema: eventRegistrationParams }) params: z.infer<typeof eventRegistrationParams>,
    @CurrentActor() actor: Actor,
  ): Promise<Attendance> {
    return this.checkIns.undo(actor, params.id, params.registrationId);
  }
}
