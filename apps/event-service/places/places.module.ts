import { Module } from '@nestjs/common';
import { OrganisationPlacesController } from './organisation-places.controller.js';
import { PlacesService } from './places.service.js';
import { PlatformRobotsController } from './platform-robots.controller.js';
import { RobotsService } from './robots.service.js';
import { WebhooksService } from './webhooks.service.js';

/** Chat robots and webhooks. */
@Module({
  controllers: [OrganisationPlacesController, PlatformRobotsController],
  providers: [PlacesService, RobotsService, WebhooksService],
})
export class PlacesModule {}
