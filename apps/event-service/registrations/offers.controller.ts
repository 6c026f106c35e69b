import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { z } from 'zod';
import { idParams } from '#libs/contracts/primitives.js';
import {
  offerAnswerBody,
  offerQuery,
  offerView,
  type OfferView,
} from '#libs/contracts/registrations/registration.js';
import type { Actor } from '#libs/domain/access/actor.js';
import { CurrentActor } from '#libs/platform/auth/allow.js';
import { Endpoint } from '#libs/platform/http/endpoint.js';
import { OffersService } from './offers.service.js';

type Id = z.infer<typeof idParams>;
type Answer = z.infer<typeof offerAnswerBody>;

/** Public, because the link in the mail is the permission. */
@Controller('offers')
export class OffersController {
  constructor(private readonly offers: OffersService) {}

  @Get(':id')
  @Endpoint({
    allow: 'public',
    summary: 'The offer behind a mail’s link; changes nothing.',
    returns: offerView,
  })
  read(
    @Param({ schema: idParams }) { id }: Id,
    @Query({ schema: offerQuery }) query: z.infer<typeof offerQuery>,
  ): Promise<OfferView> {
    return this.offers.read(id, query.s);
  }

  @Post(':id/accept')
  @HttpCode(200)
  @Endpoint({ allow: 'public', summary: 'Accept offered seats.', returns: offerView })
  accept(
    @Param({ schema: idParams }) { id }: Id,
    @Body({ schema: offerAnswerBody }) body: Answer,
    @CurrentActor() actor: Actor | null,
  ): Promise<OfferView> {
    return this.offers.accept(id, body.s, actor);
  }

  @Post(':id/decline')
  @HttpCode(200)
  @Endpoint({
    allow: 'public',
    summary: 'Decline offered seats: they go to the next in line.',
    returns: offerView,
  })
  decline(
    @Param({ schema: idParams }) { id }: Id,
    @Body({ schema: offerAnswerBody }) body: Answer,
    @CurrentActor() actor: Actor | null,
  ): Promise<OfferView> {
    return this.offers.decline(id, body.s, actor);
  }
}
