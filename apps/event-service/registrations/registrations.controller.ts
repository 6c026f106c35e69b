import { Body, Controller, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { z } from 'zod';
import { done, idParams } from '#libs/contracts/primitives.js';
import {
  answersBody,
  cancelBody,
  myRegistrationsQuery,
  registerBody,
  registered,
  registrationDetail,
  registrationForm,
  registrationPage,
  ticketView,
  type MyRegistrationsQuery,
  type RegisterBody,
  type Registered,
  type RegistrationDetail,
  type RegistrationForm,
  type RegistrationPage,
  type TicketView,
} from '#libs/contracts/registrations/registration.js';
import type { Actor } from '#libs/domain/access/actor.js';
import { CurrentActor } from '#libs/platform/auth/allow.js';
import { Endpoint } from '#libs/platform/http/endpoint.js';
import { CancellationsService } from './cancellations.service.js';
import { RegistrationsService } from './registrations.service.js';

type Id = z.infer<typeof idParams>;

@Controller()
export class RegistrationsController {
  constructor(
    private readonly registrations: RegistrationsService,
    private readonly cancellations: CancellationsService,
  ) {}

  @Get('events/:id/registration-form')
  @Endpoint({
    allow: 'signedIn',
    summary: 'What one needs to register for an event.',
    returns: registrationForm,
  })
  form(@Param({ schema: idParams }) { id }: Id, @CurrentActor() actor: Actor): Promise<RegistrationForm> {
    return this.registrations.form(actor, id);
  }

  @Post('events/:id/registrations')
  @Endpoint({ allow: 'signedIn', summary: 'Register for an event.', returns: registered, status: 201 })
  register(
    @Param({ schema: idParams }) { id }: Id,
    @Body({ schema: registerBody }) body: RegisterBody,
    @CurrentActor() actor: Actor,
  ): Promise<Registered> {
    return this.registrations.register(actor, id, body);
  }

  @Get('registrations')
  @Endpoint({ allow: 'signedIn', summary: 'One’s own registrations.', returns: registrationPage })
  list(
    @Query({ schema: myRegistrationsQuery }) query: MyRegistrationsQuery,
    @CurrentActor() actor: Actor,
  ): Promise<RegistrationPage> {
    return this.registrations.listOwn(actor, query);
  }

  @Get('registrations/:id')
  @Endpoint({ allow: 'signedIn', summary: 'One registration.', returns: registrationDetail })
  read(@Param({ schema: idParams }) { id }: Id, @CurrentActor() actor: Actor): Promise<RegistrationDetail> {
    return this.registrations.read(actor, id);
  }

  @Patch('registrations/:id/answers')
  @Endpoint({
    allow: 'signedIn',
    summary: 'Change the answers of a registration until registration closes.',
    returns: registrationDetail,
  })
  changeAnswers(
    @Param({ schema: idParams }) { id }: Id,
    @Body({ schema: answersBody }) body: z.infer<typeof answersBody>,
    @CurrentActor() actor: Actor,
  ): Promise<RegistrationDetail> {
    return this.registrations.changeAnswers(actor, id, body.answers);
  }

  @Post('registrations/:id/cancel')
  @HttpCode(200)
  @Endpoint({ allow: 'signedIn', summary: 'Give a place back.', returns: done })
  async cancel(
    @Param({ schema: idParams }) { id }: Id,
    @Body({ schema: cancelBody }) body: z.infer<typeof cancelBody>,
    @CurrentActor() actor: Actor,
  ): Promise<z.infer<typeof done>> {
    await this.cancellations.cancel(actor, id, body.note);
    return { ok: true };
  }

  @Get('registrations/:id/ticket')
  @Endpoint({ allow: 'signedIn', summary: 'The ticket with its signed QR code.', returns: ticketView })
  ticket(@Param({ schema: idParams }) { id }: Id, @CurrentActor() actor: Actor): Promise<TicketView> {
    return this.registrations.ticket(actor, id);
  }
}
