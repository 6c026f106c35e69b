import { Body, Controller, Get, Patch } from '@nestjs/common';
import { meAnswer, meBody } from '#libs/contracts/identity/me.js';
import type { MeAnswer, MeBody } from '#libs/contracts/identity/me.js';
import type { Actor } from '#libs/domain/access/actor.js';
import { CurrentActor } from '#libs/platform/auth/allow.js';
import { Endpoint } from '#libs/platform/http/endpoint.js';
import { MeService } from './me.service.js';

@Controller('me')
export class MeController {
  constructor(private readonly people: MeService) {}

  @Get()
  @Endpoint({
    allow: 'public',
    summary: 'Who is signed in; `person` is null for a visitor.',
    returns: meAnswer,
  })
  read(@CurrentActor() actor: Actor | null): Promise<MeAnswer> {
    return this.people.read(actor);
  }

  @Patch()
  @Endpoint({
    allow: 'signedIn',
    summary: 'Changes name, telephone number or language.',
    returns: meAnswer,
  })
  change(@CurrentActor() actor: Actor, @Body({ schema: meBody }) body: MeBody): Promise<MeAnswer> {
    return this.people.change(actor, body);
  }
}
