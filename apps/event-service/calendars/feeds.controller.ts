import { Controller, Delete, Get, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { slugParams } from '#libs/contracts/events/programmes.js';
import {
  calendarLinks,
  feedParams,
  feedQuery,
  personalFeed,
  type CalendarLinksView,
  type FeedQuery,
  type PersonalFeed,
} from '#libs/contracts/notifications/feeds.js';
import { idParams } from '#libs/contracts/primitives.js';
import type { Actor } from '#libs/domain/access/actor.js';
import { CurrentActor } from '#libs/platform/auth/allow.js';
import { Endpoint } from '#libs/platform/http/endpoint.js';
import { FeedsService } from './feeds.service.js';
import { sendFeed } from './send-feed.js';

/** Calendars to subscribe to. Programs come without cookies: the address is all they have. */
@Controller()
export class FeedsController {
  constructor(private readonly feeds: FeedsService) {}

  @Get('calendar/public.ics')
  @Endpoint({ allow: 'public', summary: 'All public events as a calendar.', file: 'text/calendar' })
  async all(
    @Query({ schema: feedQuery }) query: FeedQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string | Buffer | null> {
    const text = await this.feeds.publicFeed(null, query.days === 'true');
    return sendFeed(request, reply, text, { name: 'events', use: 'public-feed' });
  }

  @Get('programmes/:slug/calendar.ics')
  @Endpoint({ allow: 'public', summary: 'The events of a programme as a calendar.', file: 'text/calendar' })
  async programme(
    @Param({ schema: slugParams }) { slug }: { slug: string },
    @Query({ schema: feedQuery }) query: FeedQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string | Buffer | null> {
    const text = await this.feeds.publicFeed(slug, query.days === 'true');
    return sendFeed(request, reply, text, { name: slug, use: 'public-feed' });
  }

  @Get('calendar/personal/:token/calendar.ics')
  @Endpoint({
    allow: 'public',
    summary: 'A person’s own calendar; the secret address is the permission.',
    file: 'text/calendar',
  })
  async personal(
    @Param({ schema: feedParams }) { token }: { token: string },
    @Query({ schema: feedQuery }) query: FeedQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string | Buffer | null> {
    const text = await this.feeds.personal(token, query.days === 'true');
    return sendFeed(request, reply, text, { name: 'calendar', use: 'secret-feed' });
  }

  @Get('events/:id/calendar-links')
  @Endpoint({ allow: 'public', summary: 'Ways to put an event into a calendar.', returns: calendarLinks })
  links(
    @CurrentActor() actor: Actor | null,
    @Param({ schema: idParams }) { id }: { id: string },
  ): Promise<CalendarLinksView> {
    return this.feeds.links(actor, id);
  }

  @Get('me/calendar-feed')
  @Endpoint({ allow: 'signedIn', summary: 'The caller’s secret calendar address.', returns: personalFeed })
  mine(@CurrentActor() actor: Actor): Promise<PersonalFeed> {
    return this.feeds.mine(actor);
  }

  @Post('me/calendar-feed')
  @HttpCode(200)
  @Endpoint({
    allow: 'signedIn',
    summary: 'Make a new secret calendar address; the one before ends.',
    returns: personalFeed,
  })
  renew(@CurrentActor() actor: Actor): Promise<PersonalFeed> {
    return this.feeds.renew(actor);
  }

  @Delete('me/calendar-feed')
  @Endpoint({ allow: 'signedIn', summary: 'End the secret calendar address.', returns: personalFeed })
  revoke(@CurrentActor() actor: Actor): Promise<PersonalFeed> {
    return this.feeds.revoke(actor);
  }
}
