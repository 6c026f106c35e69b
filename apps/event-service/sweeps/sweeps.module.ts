import { Module } from '@nestjs/common';
import { MarketModule } from '../market/market.module.js';
import { RegistrationsModule } from '../registrations/registrations.module.js';
import { EventSweeps } from './event-sweeps.js';

@Module({ imports: [MarketModule, RegistrationsModule], providers: [EventSweeps] })
export class SweepsModule {}
