import { Module } from '@nestjs/common';
import { OrganisationPlacesController } from './organisation-places.controller.js';
import { PlacesService } from './places.service.js';
import { PlatformRobotsController } from './platform-robots.controller.js';
import { RobotsService } from './robots.service.js';
import { SmsTemplatesController } from './sms-templates.controller.js';
import { SmsTemplatesService } from './sms-templates.service.js';
import { WebhooksService } from './webhooks.service.js';

/** Chat robots, webhooks, and the templates of SMS. */
@Module({
  controllers: [OrganisationPlacesController, PlatformRobotsController, SmsTemplatesController],
  providers: [PlacesService, RobotsService, SmsTemplatesService, WebhooksService],
})
export class PlacesModule {}
