import { Module } from '@nestjs/common';
import { DeliveriesController } from './deliveries.controller.js';
import { DeliveriesService } from './deliveries.service.js';
import { HeldAddressesController } from './held-addresses.controller.js';
import { HeldAddressesService } from './held-addresses.service.js';
import { MailTemplatesController } from './mail-templates.controller.js';
import { MailTemplatesService } from './mail-templates.service.js';
import { RemindersController } from './reminders.controller.js';
import { RemindersService } from './reminders.service.js';
import { MailboxController } from './mailbox.controller.js';
import { MailboxService } from './mailbox.service.js';

/** The delivery log of organizers, reminders, the words of mails, and the mailbox of installations without a mail server. */
@Module({
  controllers: [
    DeliveriesController,
    HeldAddressesController,
    MailboxController,
    MailTemplatesController,
    RemindersController,
  ],
  providers: [
    DeliveriesService,
    HeldAddressesService,
    MailboxService,
    MailTemplatesService,
    RemindersService,
  ],
  exports: [RemindersService],
})
export class NotificationsModule {}
