import { Module } from '@nestjs/common';
import { DeliveriesController } from './deliveries.controller.js';
import { DeliveriesService } from './deliveries.service.js';
import { MailboxController } from './mailbox.controller.js';
import { MailboxService } from './mailbox.service.js';

/** The delivery log of organizers, and the mailbox of installations without a mail server. */
@Module({
  controllers: [DeliveriesController, MailboxController],
  providers: [DeliveriesService, MailboxService],
})
export class NotificationsModule {}
