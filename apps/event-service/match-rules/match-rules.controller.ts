import { Body, Controller, Delete, Get, Param, Post, Put } from '@nestjs/common';
import type { z } from 'zod';
import {
  blockBody,
  blockList,
  blockParams,
  blockStated,
  type BlockBody,
  type BlockList,
  type BlockStated,
} from '#libs/contracts/match-rules/blocks.js';
import {
  capabilityMatchSettingsBody,
  needMatchSettingsBody,
  organisationMatchSettings,
  organisationMatchSettingsBody,
  recordMatchSettings,
  type CapabilityMatchSettingsBody,
  type OrganisationMatchSettings,
  type OrganisationMatchSettingsBody,
  type RecordMatchSettings,
} from '#libs/contracts/match-rules/match-settings.js';
import { done, idParams } from '#libs/contracts/primitives.js';
import type { Actor } from '#libs/domain/access/actor.js';
import { CurrentActor } from '#libs/platform/auth/allow.js';
import { Endpoint } from '#libs/platform/http/endpoint.js';
import { BlocksService } from './blocks.service.js';
import { OrganisationSettings } from './organisation-settings.service.js';
import { RecordSettings } from './record-settings.service.js';

type IdParams = z.infer<typeof idParams>;

@Controller()
export class MatchRulesController {
  constructor(
    private readonly blocks: BlocksService,
    private readonly organisations: OrganisationSettings,
    private readonly records: RecordSettings,
  ) {}

  @Get('organisations/:id/blocks')
  @Endpoint({
    allow: 'member',
    summary: 'Organisations this one is not matched with, for its members and organizers.',
    returns: blockList,
  })
  list(@CurrentActor() actor: Actor, @Param({ schema: idParams }) { id }: IdParams): Promise<BlockList> {
    return this.blocks.list(actor, id);
  }

  @Post('organisations/:id/blocks')
  @Endpoint({
    allow: 'member',
    summary: 'Keeps two organisations apart: members name competitors, organizers record disputes.',
    returns: blockStated,
    status: 201,
  })
  state(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: IdParams,
    @Body({ schema: blockBody }) body: BlockBody,
  ): Promise<BlockStated> {
    return this.blocks.state(actor, id, body);
  }

  @Delete('organisations/:id/blocks/:blockId')
  @Endpoint({ allow: 'member', summary: 'Ends a block or a dispute.', returns: done })
  async end(
    @CurrentActor() actor: Actor,
    @Param({ schema: blockParams }) { id, blockId }: z.infer<typeof blockParams>,
  ): Promise<{ ok: true }> {
    await this.blocks.end(actor, id, blockId);
    return { ok: true };
  }

  @Get('organisations/:id/match-settings')
  @Endpoint({
    allow: 'signedIn',
    summary: 'Group and limit of open matches of an organisation, for its members and staff.',
    returns: organisationMatchSettings,
  })
  readOrganisation(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: IdParams,
  ): Promise<OrganisationMatchSettings> {
    return this.organisations.read(actor, id);
  }

  @Put('organisations/:id/match-settings')
  @Endpoint({
    allow: 'member',
    summary: 'Changes the limit of open matches (owners) or the group (organizers).',
    returns: organisationMatchSettings,
  })
  async changeOrganisation(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: IdParams,
    @Body({ schema: organisationMatchSettingsBody }) body: OrganisationMatchSettingsBody,
  ): Promise<OrganisationMatchSettings> {
    await this.organisations.change(actor, id, body);
    return this.organisations.read(actor, id);
  }

  @Get('needs/:id/match-settings')
  @Endpoint({
    allow: 'signedIn',
    summary: 'Whether a need is matched, for its organisation and staff.',
    returns: recordMatchSettings,
  })
  readNeed(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: IdParams,
  ): Promise<RecordMatchSettings> {
    return this.records.read('need', actor, id);
  }

  @Put('needs/:id/match-settings')
  @Endpoint({
    allow: 'member',
    summary: 'Pauses or resumes matching of a need.',
    returns: recordMatchSettings,
  })
  async changeNeed(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: IdParams,
    @Body({ schema: needMatchSettingsBody }) body: z.infer<typeof needMatchSettingsBody>,
  ): Promise<RecordMatchSettings> {
    await this.records.change('need', actor, id, body);
    return this.records.read('need', actor, id);
  }

  @Get('capabilities/:id/match-settings')
  @Endpoint({
    allow: 'signedIn',
    summary: 'Whether, until when and how often a capability is matched, for its organisation and staff.',
    returns: recordMatchSettings,
  })
  readCapability(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: IdParams,
  ): Promise<RecordMatchSettings> {
    return this.records.read('capability', actor, id);
  }

  @Put('capabilities/:id/match-settings')
  @Endpoint({
    allow: 'member',
    summary: 'Pauses a capability, limits its open matches, or sets its last day.',
    returns: recordMatchSettings,
  })
  async changeCapability(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: IdParams,
    @Body({ schema: capabilityMatchSettingsBody }) body: CapabilityMatchSettingsBody,
  ): Promise<RecordMatchSettings> {
    await this.records.change('capability', actor, id, body);
    return this.records.read('capability', actor, id);
  }
}
