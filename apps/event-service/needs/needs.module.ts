import { Module } from '@nestjs/common';
import { MarketModule } from '../market/market.module.js';
import { NeedsController } from './needs.controller.js';

@Module({ imports: [MarketModule], controllers: [NeedsController] })
export class NeedsModule {}
