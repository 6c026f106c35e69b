import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import type { z } from 'zod';
import {
  changeCapabilityBody,
  createCapabilityBody,
  capabilityPage,
  capabilityView,
  type ChangeCapabilityBody,
  type CreateCapabilityBody,
  type CapabilityPage,
  type CapabilityView,
} from '#libs/contracts/market/capability.js';
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

@Controller('capabilities')
export class CapabilitiesController {
  constructor(
    private readonly reader: MarketReader,
    private readonly drafts: MarketDrafts,
    private readonly reviews: MarketReviews,
    private readonly bulk: BulkPublisher,
    private readonly grants: MarketGrants,
  ) {}

  @Get()
  @Endpoint({
    allow: 'public',
    summary: 'Capabilities the caller may see, newest first.',
    returns: capabilityPage,
  })
  list(
    @CurrentActor() actor: Actor | null,
    @Query({ schema: recordQuery }) query: z.infer<typeof recordQuery>,
  ): Promise<CapabilityPage> {
    return this.reader.list('capability', actor, query);
  }

  @Post()
  @Endpoint({
    allow: 'member',
    summary: 'Starts a draft; every field may be empty.',
    returns: capabilityView,
    status: 201,
  })
  async create(
    @CurrentActor() actor: Actor,
    @Body({ schema: createCapabilityBody }) body: CreateCapabilityBody,
  ): Promise<CapabilityView> {
    return this.reader.read('capability', actor, await this.drafts.create('capability', actor, body));
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
    return this.bulk.publish('capability', actor, body);
  }

  @Get(':id')
  @Endpoint({
    allow: 'public',
    summary: 'One record, reduced to what the caller may read.',
    returns: capabilityView,
  })
  read(
    @CurrentActor() actor: Actor | null,
    @Param({ schema: idParams }) { id }: Id,
  ): Promise<CapabilityView> {
    return this.reader.read('capability', actor, id);
  }

  @Patch(':id')
  @Endpoint({
    allow: 'member',
    summary: 'Saves any part of the form, from a known version.',
    returns: capabilityView,
  })
  async change(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: Id,
    @Body({ schema: changeCapabilityBody }) body: ChangeCapabilityBody,
  ): Promise<CapabilityView> {
    await this.drafts.change('capability', actor, id, body);
    return this.reader.read('capability', actor, id);
  }

  @Post(':id/submit')
  @HttpCode(200)
  @Endpoint({ allow: 'member', summary: 'Hands a complete draft in for review.', returns: capabilityView })
  async submit(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: Id,
  ): Promise<CapabilityView> {
    await this.reviews.submit('capability', actor, id);
    return this.reader.read('capability', actor, id);
  }

  @Post(':id/withdraw')
  @HttpCode(200)
  @Endpoint({
    allow: 'member',
    summary: 'Takes a record back from review or from the market.',
    returns: capabilityView,
  })
  async withdraw(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: Id,
  ): Promise<CapabilityView> {
    await this.reviews.withdraw('capability', actor, id);
    return this.reader.read('capability', actor, id);
  }

  @Post(':id/return')
  @HttpCode(200)
  @Endpoint({
    allow: 'organizer',
    summary: 'Sends a submitted record back with questions.',
    returns: capabilityView,
  })
  async sendBack(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: Id,
    @Body({ schema: returnBody }) { note }: z.infer<typeof returnBody>,
  ): Promise<CapabilityView> {
    await this.reviews.sendBack('capability', actor, id, note);
    return this.reader.read('capability', actor, id);
  }

  @Post(':id/publish')
  @HttpCode(200)
  @Endpoint({
    allow: 'organizer',
    summary: 'Publishes a submitted record and has it matched.',
    returns: capabilityView,
  })
  async publish(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: Id,
    @Body({ schema: publishBody }) { note }: z.infer<typeof publishBody>,
  ): Promise<CapabilityView> {
    await this.reviews.publish('capability', actor, id, note);
    return this.reader.read('capability', actor, id);
  }

  @Get(':id/grants')
  @Endpoint({ allow: 'organizer', summary: 'Who was given sight of the sealed fields.', returns: grantList })
  listGrants(@Param({ schema: idParams }) { id }: Id): Promise<GrantList> {
    return this.grants.list('capability', id);
  }

  @Post(':id/grants')
  @HttpCode(200)
  @Endpoint({ allow: 'organizer', summary: 'Gives sight of the sealed fields.', returns: grantList })
  async give(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: Id,
    @Body({ schema: grantBody }) body: GrantBody,
  ): Promise<GrantList> {
    await this.grants.give('capability', actor, id, body);
    return this.grants.list('capability', id);
  }

  @Delete(':id/grants/:grantId')
  @Endpoint({ allow: 'organizer', summary: 'Ends a sight of the sealed fields.', returns: grantList })
  async revoke(
    @CurrentActor() actor: Actor,
    @Param({ schema: grantParams }) { id, grantId }: z.infer<typeof grantParams>,
  ): Promise<GrantList> {
    await this.grants.revoke('capability', actor, id, grantId);
    return this.grants.list('capability', id);
  }
}
