import { Module } from '@nestjs/common';
import { MarketModule } from '../market/market.module.js';
import { MeetingsModule } from '../meetings/meetings.module.js';
import { NotificationsModule } from '../notifications/notifications.module.js';
import { RegistrationsModule } from '../registrations/registrations.module.js';
import { EventSweeps } from './event-sweeps.js';

@Module({
  imports: [MarketModule, RegistrationsModule, MeetingsModule, NotificationsModule],
  providers: [EventSweeps],
})
export class SweepsModule {}
