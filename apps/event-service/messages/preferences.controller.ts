import { Body, Controller, Get, Headers, HttpCode, Param, Post, Put, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import {
  preferencesBody,
  preferencesView,
  unsubscribeParams,
  unsubscribeView,
  type PreferencesBody,
  type PreferencesView,
  type UnsubscribeView,
} from '#libs/contracts/notifications/preferences.js';
import type { Actor } from '#libs/domain/access/actor.js';
import { CurrentActor } from '#libs/platform/auth/allow.js';
import { Endpoint } from '#libs/platform/http/endpoint.js';
import { PreferencesService } from './preferences.service.js';

@Controller()
export class PreferencesController {
  constructor(private readonly preferences: PreferencesService) {}

  @Get('me/notification-preferences')
  @Endpoint({ allow: 'signedIn', summary: 'What one hears, where and when.', returns: preferencesView })
  read(@CurrentActor() actor: Actor): Promise<PreferencesView> {
    return this.preferences.read(actor.personId);
  }

  @Put('me/notification-preferences')
  @Endpoint({
    allow: 'signedIn',
    summary: 'Changes what one hears, where and when.',
    returns: preferencesView,
  })
  change(
    @CurrentActor() actor: Actor,
    @Body({ schema: preferencesBody }) body: PreferencesBody,
  ): Promise<PreferencesView> {
    return this.preferences.change(actor, body);
  }

  @Get('unsubscribe/:token')
  @Endpoint({
    allow: 'public',
    summary: 'Which mails a link of a mail is about; browsers are led to the page. Changes nothing.',
    returns: unsubscribeView,
  })
  async state(
    @Param({ schema: unsubscribeParams }) { token }: { token: string },
    @Headers('accept') accept: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<UnsubscribeView> {
    const state = await this.preferences.unsubscribeState(token);
    if (accept?.includes('text/html'))
      void reply.status(302).header('location', `/unsubscribe/${encodeURIComponent(token)}`);
    return state;
  }

  @Post('unsubscribe/:token')
  @HttpCode(200)
  @Endpoint({
    allow: 'public',
    summary: 'Ends the mails that a link is about, without signing in (RFC 8058).',
    returns: unsubscribeView,
  })
  unsubscribe(@Param({ schema: unsubscribeParams }) { token }: { token: string }): Promise<UnsubscribeView> {
    return this.preferences.unsubscribe(token);
  }
}
