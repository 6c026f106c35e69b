import { Module } from '@nestjs/common';
import { MarketModule } from '../market/market.module.js';
import { CapabilitiesController } from './capabilities.controller.js';

@Module({ imports: [MarketModule], controllers: [CapabilitiesController] })
export class CapabilitiesModule {}
