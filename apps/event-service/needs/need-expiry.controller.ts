import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import type { z } from 'zod';
import { extendNeedBody, needView, type ExtendNeedBody, type NeedView } from '#libs/contracts/market/need.js';
import { idParams } from '#libs/contracts/primitives.js';
import type { Actor } from '#libs/domain/access/actor.js';
import { CurrentActor } from '#libs/platform/auth/allow.js';
import { Endpoint } from '#libs/platform/http/endpoint.js';
import { MarketReader } from '../market/market-reader.service.js';
import { NeedExpiry } from '../market/need-expiry.service.js';

@Controller('needs/:id')
export class NeedExpiryController {
  constructor(
    private readonly reader: MarketReader,
    private readonly expiry: NeedExpiry,
  ) {}

  @Post('extend')
  @HttpCode(200)
  @Endpoint({
    allow: 'member',
    summary: 'Publishes an expired need again, until a later day.',
    returns: needView,
  })
  async extend(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: z.infer<typeof idParams>,
    @Body({ schema: extendNeedBody }) { expiresAt }: ExtendNeedBody,
  ): Promise<NeedView> {
    await this.expiry.extend(actor, id, expiresAt);
    return this.reader.read('need', actor, id);
  }
}
