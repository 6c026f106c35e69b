import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import type { z } from 'zod';
import {
  changeNeedBody,
  createNeedBody,
  needPage,
  needView,
  type ChangeNeedBody,
  type CreateNeedBody,
  type NeedPage,
  type NeedView,
} from '#libs/contracts/market/need.js';
import { grantBody, grantList, grantParams, recordQuery } from '#libs/contracts/market/market-record.js';
import type { GrantBody, GrantList } from '#libs/contracts/market/market-record.js';
import { bulkPublishBody, bulkPublished, publishBody, returnBody } from '#libs/contracts/market/review.js';
import type { BulkPublishBody, BulkPublished } from '#libs/contracts/market/review.js';
import { idParams } from '#libs/contracts/primitives.js';
import type { Actor } from '#libs/domain/access/actor.js';
import { CurrentActor } from '#libs/platform/auth/allow.js';
import { Endpoint } from '#libs/platform/http/endpoint.js';
import { BulkPublisher } from '../market/bulk-publisher.service.js';
import { MarketDrafts } from '../market/market-drafts.service.js';
import { MarketGrants } from '../market/market-grants.service.js';
import { MarketReader } from '../market/market-reader.service.js';
import { MarketReviews } from '../market/market-reviews.service.js';

type Id = z.infer<typeof idParams>;

@Controller('needs')
export class NeedsController {
  constructor(
    private readonly reader: MarketReader,
    private readonly drafts: MarketDrafts,
    private readonly reviews: MarketReviews,
    private readonly bulk: BulkPublisher,
    private readonly grants: MarketGrants,
  ) {}

  @Get()
  @Endpoint({ allow: 'public', summary: 'Needs the caller may see, newest first.', returns: needPage })
  list(
    @CurrentActor() actor: Actor | null,
    @Query({ schema: recordQuery }) query: z.infer<typeof recordQuery>,
  ): Promise<NeedPage> {
    return this.reader.list('need', actor, query);
  }

  @Post()
  @Endpoint({
    allow: 'member',
    summary: 'Starts a draft; every field may be empty.',
    returns: needView,
    status: 201,
  })
  async create(
    @CurrentActor() actor: Actor,
    @Body({ schema: createNeedBody }) body: CreateNeedBody,
  ): Promise<NeedView> {
    return this.reader.read('need', actor, await this.drafts.create('need', actor, body));
  }

  @Post('bulk-publish')
  @HttpCode(200)
  @Endpoint({
    allow: 'organizer',
    summary: 'Publishes submitted records and imported drafts.',
    returns: bulkPublished,
  })
  publishMany(
    @CurrentActor() actor: Actor,
    @Body({ schema: bulkPublishBody }) body: BulkPublishBody,
  ): Promise<BulkPublished> {
    return this.bulk.publish('need', actor, body);
  }

  @Get(':id')
  @Endpoint({
    allow: 'public',
    summary: 'One record, reduced to what the caller may read.',
    returns: needView,
  })
  read(@CurrentActor() actor: Actor | null, @Param({ schema: idParams }) { id }: Id): Promise<NeedView> {
    return this.reader.read('need', actor, id);
  }

  @Patch(':id')
  @Endpoint({
    allow: 'member',
    summary: 'Saves any part of the form, from a known version.',
    returns: needView,
  })
  async change(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: Id,
    @Body({ schema: changeNeedBody }) body: ChangeNeedBody,
  ): Promise<NeedView> {
    await this.drafts.change('need', actor, id, body);
    return this.reader.read('need', actor, id);
  }

  @Post(':id/submit')
  @HttpCode(200)
  @Endpoint({ allow: 'member', summary: 'Hands a complete draft in for review.', returns: needView })
  async submit(@CurrentActor() actor: Actor, @Param({ schema: idParams }) { id }: Id): Promise<NeedView> {
    await this.reviews.submit('need', actor, id);
    return this.reader.read('need', actor, id);
  }

  @Post(':id/withdraw')
  @HttpCode(200)
  @Endpoint({
    allow: 'member',
    summary: 'Takes a record back from review or from the market.',
    returns: needView,
  })
  async withdraw(@CurrentActor() actor: Actor, @Param({ schema: idParams }) { id }: Id): Promise<NeedView> {
    await this.reviews.withdraw('need', actor, id);
    return this.reader.read('need', actor, id);
  }

  @Post(':id/return')
  @HttpCode(200)
  @Endpoint({
    allow: 'organizer',
    summary: 'Sends a submitted record back with questions.',
    returns: needView,
  })
  async sendBack(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: Id,
    @Body({ schema: returnBody }) { note }: z.infer<typeof returnBody>,
  ): Promise<NeedView> {
    await this.reviews.sendBack('need', actor, id, note);
    return this.reader.read('need', actor, id);
  }

  @Post(':id/publish')
  @HttpCode(200)
  @Endpoint({
    allow: 'organizer',
    summary: 'Publishes a submitted record and has it matched.',
    returns: needView,
  })
  async publish(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: Id,
    @Body({ schema: publishBody }) { note }: z.infer<typeof publishBody>,
  ): Promise<NeedView> {
    await this.reviews.publish('need', actor, id, note);
    return this.reader.read('need', actor, id);
  }

  @Get(':id/grants')
  @Endpoint({ allow: 'organizer', summary: 'Who was given sight of the sealed fields.', returns: grantList })
  listGrants(@Param({ schema: idParams }) { id }: Id): Promise<GrantList> {
    return this.grants.list('need', id);
  }

  @Post(':id/grants')
  @HttpCode(200)
  @Endpoint({ allow: 'organizer', summary: 'Gives sight of the sealed fields.', returns: grantList })
  async give(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: Id,
    @Body({ schema: grantBody }) body: GrantBody,
  ): Promise<GrantList> {
    await this.grants.give('need', actor, id, body);
    return this.grants.list('need', id);
  }

  @Delete(':id/grants/:grantId')
  @Endpoint({ allow: 'organizer', summary: 'Ends a sight of the sealed fields.', returns: grantList })
  async revoke(
    @CurrentActor() actor: Actor,
    @Param({ schema: grantParams }) { id, grantId }: z.infer<typeof grantParams>,
  ): Promise<GrantList> {
    await this.grants.revoke('need', actor, id, grantId);
    return this.grants.list('need', id);
  }
}
