import { Module } from '@nestjs/common';
import { CodesModule } from '../codes/codes.module.js';
import { BulkPublisher } from './bulk-publisher.service.js';
import { IndicatorsController } from './indicators.controller.js';
import { MarketDrafts } from './market-drafts.service.js';
import { MarketGrants } from './market-grants.service.js';
import { MarketReader } from './market-reader.service.js';
import { MarketReviews } from './market-reviews.service.js';
import { NeedExpiry } from './need-expiry.service.js';
import { ReviewQueue } from './review-queue.service.js';
import { ReviewsController } from './reviews.controller.js';

/** What needs and capabilities have in common: drafts, review, disclosure, grants. */
@Module({
  imports: [CodesModule],
  controllers: [ReviewsController, IndicatorsController],
  providers: [
    MarketReader,
    MarketDrafts,
    MarketReviews,
    BulkPublisher,
    MarketGrants,
    NeedExpiry,
    ReviewQueue,
  ],
  exports: [MarketReader, MarketDrafts, MarketReviews, BulkPublisher, MarketGrants, NeedExpiry],
})
export class MarketModule {}
