import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import {
  placesView,
  robotBody,
  robotParams,
  webhookBody,
  webhookDeliveriesPage,
  webhookDeliveriesQuery,
  webhookDeliveryParams,
  webhookParams,
  webhookWithSecret,
  type PlacesView,
  type RobotBody,
  type WebhookBody,
  type WebhookDeliveriesPage,
  type WebhookDeliveriesQuery,
  type WebhookWithSecret,
} from '#libs/contracts/notifications/places.js';
import { done, idParams } from '#libs/contracts/primitives.js';
import type { Actor } from '#libs/domain/access/actor.js';
import { CurrentActor } from '#libs/platform/auth/allow.js';
import { Endpoint } from '#libs/platform/http/endpoint.js';
import { PlacesService } from './places.service.js';
import { RobotsService } from './robots.service.js';
import { WebhooksService } from './webhooks.service.js';

interface Ids {
  readonly id: string;
  readonly robotId: string;
  readonly webhookId: string;
  readonly deliveryId: string;
}

@Controller('organisations/:id')
export class OrganisationPlacesController {
  constructor(
    private readonly places: PlacesService,
    private readonly robots: RobotsService,
    private readonly webhooks: WebhooksService,
  ) {}

  @Get('places')
  @Endpoint({ allow: 'member', summary: 'Chat robots and webhooks of an organisation.', returns: placesView })
  list(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: Pick<Ids, 'id'>,
  ): Promise<PlacesView> {
    return this.places.ofOrganisation(actor, id);
  }

  @Post('robots')
  @Endpoint({ allow: 'member', summary: 'Adds a chat robot.', returns: placesView, status: 201 })
  async addRobot(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: Pick<Ids, 'id'>,
    @Body({ schema: robotBody }) body: RobotBody,
  ): Promise<PlacesView> {
    await this.places.managed(actor, id);
    await this.robots.add(actor, id, body);
    return this.places.ofOrganisation(actor, id);
  }

  @Put('robots/:robotId')
  @Endpoint({ allow: 'member', summary: 'Changes a chat robot.', returns: placesView })
  async changeRobot(
    @CurrentActor() actor: Actor,
    @Param({ schema: robotParams }) { id, robotId }: Pick<Ids, 'id' | 'robotId'>,
    @Body({ schema: robotBody }) body: RobotBody,
  ): Promise<PlacesView> {
    await this.places.managed(actor, id);
    await this.robots.change(actor, id, robotId, body);
    return this.places.ofOrganisation(actor, id);
  }

  @Delete('robots/:robotId')
  @Endpoint({ allow: 'member', summary: 'Removes a chat robot.', returns: done })
  async removeRobot(
    @CurrentActor() actor: Actor,
    @Param({ schema: robotParams }) { id, robotId }: Pick<Ids, 'id' | 'robotId'>,
  ): Promise<{ ok: true }> {
    await this.places.managed(actor, id);
    await this.robots.remove(actor, id, robotId);
    return { ok: true };
  }

  @Post('webhooks')
  @Endpoint({
    allow: 'member',
    summary: 'Adds a webhook; the answer shows its secret, once.',
    returns: webhookWithSecret,
    status: 201,
  })
  async addWebhook(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: Pick<Ids, 'id'>,
    @Body({ schema: webhookBody }) body: WebhookBody,
  ): Promise<WebhookWithSecret> {
    await this.places.managed(actor, id);
    return this.webhooks.add(actor, id, body);
  }

  @Put('webhooks/:webhookId')
  @Endpoint({ allow: 'member', summary: 'Changes a webhook.', returns: placesView })
  async changeWebhook(
    @CurrentActor() actor: Actor,
    @Param({ schema: webhookParams }) { id, webhookId }: Pick<Ids, 'id' | 'webhookId'>,
    @Body({ schema: webhookBody }) body: WebhookBody,
  ): Promise<PlacesView> {
    await this.places.managed(actor, id);
    await this.webhooks.change(actor, id, webhookId, body);
    return this.places.ofOrganisation(actor, id);
  }

  @Post('webhooks/:webhookId/rotate')
  @HttpCode(200)
  @Endpoint({
    allow: 'member',
    summary: 'Makes a new secret; the old one signs too for a day.',
    returns: webhookWithSecret,
  })
  async rotate(
    @CurrentActor() actor: Actor,
    @Param({ schema: webhookParams }) { id, webhookId }: Pick<Ids, 'id' | 'webhookId'>,
  ): Promise<WebhookWithSecret> {
    await this.places.managed(actor, id);
    return this.webhooks.rotate(actor, id, webhookId);
  }

  @Delete('webhooks/:webhookId')
  @Endpoint({ allow: 'member', summary: 'Removes a webhook and its log.', returns: done })
  async removeWebhook(
    @CurrentActor() actor: Actor,
    @Param({ schema: webhookParams }) { id, webhookId }: Pick<Ids, 'id' | 'webhookId'>,
  ): Promise<{ ok: true }> {
    await this.places.managed(actor, id);
    await this.webhooks.remove(actor, id, webhookId);
    return { ok: true };
  }

  @Get('webhooks/:webhookId/deliveries')
  @Endpoint({
    allow: 'member',
    summary: 'What was sent to a webhook, with every try.',
    returns: webhookDeliveriesPage,
  })
  async deliveries(
    @CurrentActor() actor: Actor,
    @Param({ schema: webhookParams }) { id, webhookId }: Pick<Ids, 'id' | 'webhookId'>,
    @Query({ schema: webhookDeliveriesQuery }) query: WebhookDeliveriesQuery,
  ): Promise<WebhookDeliveriesPage> {
    await this.places.managed(actor, id);
    return this.webhooks.deliveries(id, webhookId, query);
  }

  @Post('webhooks/:webhookId/deliveries/:deliveryId/replay')
  @HttpCode(200)
  @Endpoint({ allow: 'member', summary: 'Sends a delivery once more.', returns: done })
  async replay(
    @CurrentActor() actor: Actor,
    @Param({ schema: webhookDeliveryParams }) { id, webhookId, deliveryId }: Omit<Ids, 'robotId'>,
  ): Promise<{ ok: true }> {
    await this.places.managed(actor, id);
    await this.webhooks.replay(actor, id, webhookId, deliveryId);
    return { ok: true };
  }
}
