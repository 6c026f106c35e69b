import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import {
  deliveriesPage,
  deliveriesQuery,
  retryDeliveriesBody,
  retryDeliveriesReport,
  type DeliveriesPage,
  type DeliveriesQuery,
  type RetryDeliveriesBody,
  type RetryDeliveriesReport,
} from '#libs/contracts/notifications/deliveries.js';
import { done, idParams } from '#libs/contracts/primitives.js';
import type { Actor } from '#libs/domain/access/actor.js';
import { CurrentActor } from '#libs/platform/auth/allow.js';
import { Endpoint } from '#libs/platform/http/endpoint.js';
import { DeliveriesService } from './deliveries.service.js';

@Controller('organizer/deliveries')
export class DeliveriesController {
  constructor(private readonly deliveries: DeliveriesService) {}

  @Get()
  @Endpoint({
    allow: 'organizer',
    summary: 'The delivery log: every mail with its tries, newest first.',
    returns: deliveriesPage,
  })
  list(@Query({ schema: deliveriesQuery }) query: DeliveriesQuery): Promise<DeliveriesPage> {
    return this.deliveries.list(query);
  }

  @Post('retry')
  @HttpCode(200)
  @Endpoint({
    allow: 'organizer',
    summary: 'Sends the failed messages that fit again, except those that may have arrived.',
    returns: retryDeliveriesReport,
  })
  retryAll(
    @Body({ schema: retryDeliveriesBody }) body: RetryDeliveriesBody,
    @CurrentActor() actor: Actor,
  ): Promise<RetryDeliveriesReport> {
    return this.deliveries.retryAll(actor, body);
  }

  @Post(':id/retry')
  @HttpCode(200)
  @Endpoint({ allow: 'organizer', summary: 'Sends a failed mail again.', returns: done })
  async retry(@Param({ schema: idParams }) { id }: { id: string }, @CurrentActor() actor: Actor) {
    await this.deliveries.retry(actor, id);
    return { ok: true as const };
  }

  @Post(':id/cancel')
  @HttpCode(200)
  @Endpoint({
    allow: 'organizer',
    summary: 'Takes a waiting or failed mail out of the queue.',
    returns: done,
  })
  async cancel(@Param({ schema: idParams }) { id }: { id: string }, @CurrentActor() actor: Actor) {
    await this.deliveries.cancel(actor, id);
    return { ok: true as const };
  }
}
