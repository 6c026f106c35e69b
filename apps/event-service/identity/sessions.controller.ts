import { Controller, Delete, Get, Param } from '@nestjs/common';
import { sessionsView } from '#libs/contracts/identity/auth.js';
import type { SessionsView } from '#libs/contracts/identity/auth.js';
import { done, idParams } from '#libs/contracts/primitives.js';
import type { Actor } from '#libs/domain/access/actor.js';
import { CurrentActor } from '#libs/platform/auth/allow.js';
import { Endpoint } from '#libs/platform/http/endpoint.js';
import { SignInService } from './sign-in.service.js';

@Controller('auth/sessions')
export class SessionsController {
  constructor(private readonly signIns: SignInService) {}

  @Get()
  @Endpoint({ allow: 'signedIn', summary: 'The live sessions of the person.', returns: sessionsView })
  list(@CurrentActor() actor: Actor): Promise<SessionsView> {
    return this.signIns.list(actor);
  }

  @Delete(':id')
  @Endpoint({ allow: 'signedIn', summary: 'Ends one session of the person.', returns: done })
  async revoke(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) params: { id: string },
  ): Promise<{ ok: true }> {
    await this.signIns.revoke(actor, params.id);
    return { ok: true };
  }
}
