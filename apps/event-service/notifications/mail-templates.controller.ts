import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put } from '@nestjs/common';
import {
  mailPreview,
  mailTemplateBody,
  mailTemplateParams,
  mailTemplatesView,
  type MailPreview,
  type MailTemplateBody,
  type MailTemplateParams,
  type MailTemplatesView,
} from '#libs/contracts/notifications/mail-templates.js';
import { done, idParams } from '#libs/contracts/primitives.js';
import type { Actor } from '#libs/domain/access/actor.js';
import { CurrentActor } from '#libs/platform/auth/allow.js';
import { Endpoint } from '#libs/platform/http/endpoint.js';
import { MailTemplatesService } from './mail-templates.service.js';

@Controller('organizer/programmes/:id/mail-templates')
export class MailTemplatesController {
  constructor(private readonly templates: MailTemplatesService) {}

  @Get()
  @Endpoint({ allow: 'organizer', summary: 'The words of mails of a programme.', returns: mailTemplatesView })
  list(@Param({ schema: idParams }) { id }: { id: string }): Promise<MailTemplatesView> {
    return this.templates.list(id);
  }

  @Put(':topic/:locale')
  @Endpoint({ allow: 'organizer', summary: 'Replaces the words of a mail.', returns: done })
  async save(
    @CurrentActor() actor: Actor,
    @Param({ schema: mailTemplateParams }) params: MailTemplateParams,
    @Body({ schema: mailTemplateBody }) body: MailTemplateBody,
  ): Promise<{ ok: true }> {
    await this.templates.save(actor, params, body);
    return { ok: true };
  }

  @Delete(':topic/:locale')
  @Endpoint({ allow: 'organizer', summary: 'Goes back to the platform’s own words.', returns: done })
  async remove(
    @CurrentActor() actor: Actor,
    @Param({ schema: mailTemplateParams }) params: MailTemplateParams,
  ): Promise<{ ok: true }> {
    await this.templates.remove(actor, params);
    return { ok: true };
  }

  @Post(':topic/:locale/preview')
  @HttpCode(200)
  @Endpoint({ allow: 'organizer', summary: 'How the mail looks with these words.', returns: mailPreview })
  preview(
    @CurrentActor() actor: Actor,
    @Param({ schema: mailTemplateParams }) params: MailTemplateParams,
    @Body({ schema: mailTemplateBody }) body: MailTemplateBody,
  ): MailPreview {
    return this.templates.preview(actor, params, body);
  }

  @Get(':topic/:locale/default')
  @Endpoint({
    allow: 'organizer',
    summary: 'How the mail looks with the platform’s words.',
    returns: mailPreview,
  })
  original(
    @CurrentActor() actor: Actor,
    @Param({ schema: mailTemplateParams }) params: MailTemplateParams,
  ): MailPreview {
    return this.templates.preview(actor, params, null);
  }

  @Post(':topic/:locale/test')
  @HttpCode(200)
  @Endpoint({ allow: 'organizer', summary: 'Sends the saved words to oneself.', returns: done })
  async test(
    @CurrentActor() actor: Actor,
    @Param({ schema: mailTemplateParams }) params: MailTemplateParams,
  ): Promise<{ ok: true }> {
    await this.templates.sendTest(actor, params);
    return { ok: true };
  }
}
