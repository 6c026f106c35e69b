import { Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { heldAddressesView, type HeldAddressesView } from '#libs/contracts/notifications/held-addresses.js';
import { done, idParams } from '#libs/contracts/primitives.js';
import type { Actor } from '#libs/domain/access/actor.js';
import { CurrentActor } from '#libs/platform/auth/allow.js';
import { Endpoint } from '#libs/platform/http/endpoint.js';
import { HeldAddressesService } from './held-addresses.service.js';

@Controller('organizer/held-addresses')
export class HeldAddressesController {
  constructor(private readonly held: HeldAddressesService) {}

  @Get()
  @Endpoint({
    allow: 'organizer',
    summary: 'Addresses that mail is held back from because it kept coming back.',
    returns: heldAddressesView,
  })
  list(): Promise<HeldAddressesView> {
    return this.held.list();
  }

  @Post(':id/lift')
  @HttpCode(200)
  @Endpoint({ allow: 'organizer', summary: 'Sends mail to an address again.', returns: done })
  async lift(@CurrentActor() actor: Actor, @Param({ schema: idParams }) { id }: { id: string }) {
    await this.held.lift(actor, id);
    return { ok: true as const };
  }
}
