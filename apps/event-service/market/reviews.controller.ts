import { Controller, Get, Query } from '@nestjs/common';
import { reviewPage, reviewQuery } from '#libs/contracts/market/review.js';
import type { ReviewPage, ReviewQuery } from '#libs/contracts/market/review.js';
import type { Actor } from '#libs/domain/access/actor.js';
import { CurrentActor } from '#libs/platform/auth/allow.js';
import { Endpoint } from '#libs/platform/http/endpoint.js';
import { ReviewQueue } from './review-queue.service.js';

@Controller('reviews')
export class ReviewsController {
  constructor(private readonly queue: ReviewQueue) {}

  @Get()
  @Endpoint({
    allow: 'organizer',
    summary: 'Needs and capabilities that wait for review, or imported drafts; oldest first.',
    returns: reviewPage,
  })
  list(
    @CurrentActor() actor: Actor,
    @Query({ schema: reviewQuery }) query: ReviewQuery,
  ): Promise<ReviewPage> {
    return this.queue.list(actor, query);
  }
}
