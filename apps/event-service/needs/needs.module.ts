import { Module } from '@nestjs/common';
import { MarketModule } from '../market/market.module.js';
import { NeedExpiryController } from './need-expiry.controller.js';
import { NeedsController } from './needs.controller.js';

@Module({ imports: [MarketModule], controllers: [NeedsController, NeedExpiryController] })
export class NeedsModule {}
