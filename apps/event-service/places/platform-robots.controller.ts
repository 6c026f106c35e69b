import { Body, Controller, Delete, Get, Param, Post, Put } from '@nestjs/common';
import {
  placesView,
  robotBody,
  type PlacesView,
  type RobotBody,
} from '#libs/contracts/notifications/places.js';
import { done, idParams } from '#libs/contracts/primitives.js';
import type { Actor } from '#libs/domain/access/actor.js';
import { CurrentActor } from '#libs/platform/auth/allow.js';
import { Endpoint } from '#libs/platform/http/endpoint.js';
import { PlacesService } from './places.service.js';
import { RobotsService } from './robots.service.js';

/** Robots of the organizers' own chat groups: they tell of changes of events. */
@Controller('organizer/robots')
export class PlatformRobotsController {
  constructor(
    private readonly places: PlacesService,
    private readonly robots: RobotsService,
  ) {}

  @Get()
  @Endpoint({ allow: 'organizer', summary: 'Chat robots of the platform.', returns: placesView })
  list(): Promise<PlacesView> {
    return this.places.ofPlatform();
  }

  @Post()
  @Endpoint({
    allow: 'organizer',
    summary: 'Adds a chat robot of the platform.',
    returns: placesView,
    status: 201,
  })
  async add(@CurrentActor() actor: Actor, @Body({ schema: robotBody }) body: RobotBody): Promise<PlacesView> {
    await this.robots.add(actor, null, body);
    return this.places.ofPlatform();
  }

  @Put(':id')
  @Endpoint({ allow: 'organizer', summary: 'Changes a chat robot of the platform.', returns: placesView })
  async change(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: { id: string },
    @Body({ schema: robotBody }) body: RobotBody,
  ): Promise<PlacesView> {
    await this.robots.change(actor, null, id, body);
    return this.places.ofPlatform();
  }

  @Delete(':id')
  @Endpoint({ allow: 'organizer', summary: 'Removes a chat robot of the platform.', returns: done })
  async remove(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: { id: string },
  ): Promise<{ ok: true }> {
    await this.robots.remove(actor, null, id);
    return { ok: true };
  }
}
