import { Body, Controller, Delete, Get, Inject, Param, Post } from '@nestjs/common';
import type { Config } from '#config/config.js';
import {
  audienceView,
  reminderBody,
  reminderParams,
  remindersView,
  type AudienceView,
  type ReminderBody,
  type RemindersView,
} from '#libs/contracts/notifications/reminders.js';
import { idParams } from '#libs/contracts/primitives.js';
import type { Actor } from '#libs/domain/access/actor.js';
import { PERSONAL_CHANNELS } from '#libs/domain/notifications/channel-choices.js';
import { CurrentActor } from '#libs/platform/auth/allow.js';
import { CONFIG } from '#libs/platform/config-token.js';
import { Transactions } from '#libs/platform/database/transactions.js';
import { Endpoint } from '#libs/platform/http/endpoint.js';
import { readAudience } from './audience.js';
import { RemindersService } from './reminders.service.js';

@Controller('organizer/events/:id')
export class RemindersController {
  constructor(
    private readonly reminders: RemindersService,
    private readonly transactions: Transactions,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Get('reminders')
  @Endpoint({ allow: 'organizer', summary: 'Reminders of an event.', returns: remindersView })
  list(@Param({ schema: idParams }) { id }: { id: string }): Promise<RemindersView> {
    return this.reminders.list(id);
  }

  @Post('reminders')
  @Endpoint({ allow: 'organizer', summary: 'Adds a reminder.', returns: remindersView, status: 201 })
  add(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: { id: string },
    @Body({ schema: reminderBody }) body: ReminderBody,
  ): Promise<RemindersView> {
    return this.reminders.add(actor, id, body);
  }

  @Delete('reminders/:reminderId')
  @Endpoint({ allow: 'organizer', summary: 'Removes a reminder.', returns: remindersView })
  remove(
    @Param({ schema: reminderParams }) { id, reminderId }: { id: string; reminderId: string },
  ): Promise<RemindersView> {
    return this.reminders.remove(id, reminderId);
  }

  @Get('audience')
  @Endpoint({
    allow: 'organizer',
    summary: 'Who would hear of a change, a cancellation or a reminder, and through what.',
    returns: audienceView,
  })
  audience(@Param({ schema: idParams }) { id }: { id: string }): Promise<AudienceView> {
    const { sms, wecomApp } = this.config;
    const offered = PERSONAL_CHANNELS.filter(
      (channel) => !(channel === 'sms' && sms === null) && !(channel === 'wecom-app' && wecomApp === null),
    );
    return readAudience(this.transactions.manager, id, offered);
  }
}
