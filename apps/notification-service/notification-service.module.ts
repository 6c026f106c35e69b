import { Module } from '@nestjs/common';
import { NotificationWorker } from './notification.worker.js';
import { Outbox } from './outbox.js';
import { SendNotification } from './send-notification.js';

/** Consumer of the queue `notification`: renders and sends what waits in the outbox. Needs the PlatformModule. */
@Module({ providers: [Outbox, SendNotification, NotificationWorker] })
export class NotificationServiceModule {}
