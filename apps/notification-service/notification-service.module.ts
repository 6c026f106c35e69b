import { Module } from '@nestjs/common';

/** Consumer of the queue `notification`: renders and sends what waits in the outbox. Needs the PlatformModule. */
@Module({})
export class NotificationServiceModule {}
