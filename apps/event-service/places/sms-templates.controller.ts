import { Body, Controller, Delete, Get, Param, Put } from '@nestjs/common';
import {
  smsTemplateBody,
  smsTemplateParams,
  smsTemplatesView,
  type SmsTemplateBody,
  type SmsTemplateParams,
  type SmsTemplatesView,
} from '#libs/contracts/notifications/sms-templates.js';
import type { Actor } from '#libs/domain/access/actor.js';
import { CurrentActor } from '#libs/platform/auth/allow.js';
import { Endpoint } from '#libs/platform/http/endpoint.js';
import { SmsTemplatesService } from './sms-templates.service.js';

@Controller('organizer/sms-templates')
export class SmsTemplatesController {
  constructor(private readonly templates: SmsTemplatesService) {}

  @Get()
  @Endpoint({
    allow: 'organizer',
    summary: 'SMS templates that the provider approved.',
    returns: smsTemplatesView,
  })
  list(): Promise<SmsTemplatesView> {
    return this.templates.list();
  }

  @Put(':topic/:locale')
  @Endpoint({
    allow: 'organizer',
    summary: 'Registers or replaces an SMS template.',
    returns: smsTemplatesView,
  })
  save(
    @CurrentActor() actor: Actor,
    @Param({ schema: smsTemplateParams }) params: SmsTemplateParams,
    @Body({ schema: smsTemplateBody }) body: SmsTemplateBody,
  ): Promise<SmsTemplatesView> {
    return this.templates.save(actor, params, body);
  }

  @Delete(':topic/:locale')
  @Endpoint({
    allow: 'organizer',
    summary: 'Nothing of this topic goes by SMS any more.',
    returns: smsTemplatesView,
  })
  remove(
    @CurrentActor() actor: Actor,
    @Param({ schema: smsTemplateParams }) params: SmsTemplateParams,
  ): Promise<SmsTemplatesView> {
    return this.templates.remove(actor, params);
  }
}
