import { Module } from '@nestjs/common';
import { Channels } from './channels.js';
import { InboundModule } from './inbound/inbound.module.js';
import { MailSender } from './mail-sender.js';
import { NotificationWorker } from './notification.worker.js';
import { Outbox } from './outbox.js';
import { SendNotification } from './send-notification.js';

/** Consumer of the queue `notification`: renders and sends what waits in the outbox. Needs the PlatformModule. */
@Module({
  imports: [InboundModule],
  providers: [Outbox, MailSender, Channels, SendNotification, NotificationWorker],
})
export class NotificationServiceModule {}
