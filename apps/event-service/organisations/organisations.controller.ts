import { Body, Controller, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import {
  contactView,
  newOrganisation,
  organisationPage,
  organisationPatch,
  organisationQuery,
  organisationView,
  rejectBody,
  verifyBody,
} from '#libs/contracts/organisations/organisation.js';
import type {
  ContactView,
  NewOrganisation,
  OrganisationPage,
  OrganisationPatch,
  OrganisationQuery,
  OrganisationView,
  RejectBody,
  VerifyBody,
} from '#libs/contracts/organisations/organisation.js';
import { idParams } from '#libs/contracts/primitives.js';
import type { Actor } from '#libs/domain/access/actor.js';
import { CurrentActor } from '#libs/platform/auth/allow.js';
import { Endpoint } from '#libs/platform/http/endpoint.js';
import { OrganisationsService } from './organisations.service.js';
import { VerificationService } from './verification.service.js';

@Controller('organisations')
export class OrganisationsController {
  constructor(
    private readonly organisations: OrganisationsService,
    private readonly verification: VerificationService,
  ) {}

  @Get()
  @Endpoint({
    allow: 'public',
    summary: 'Verified organisations; members also find their own ones, staff all.',
    returns: organisationPage,
  })
  list(
    @CurrentActor() actor: Actor | null,
    @Query({ schema: organisationQuery }) query: OrganisationQuery,
  ): Promise<OrganisationPage> {
    return this.organisations.list(actor, query);
  }

  @Post()
  @Endpoint({
    allow: 'signedIn',
    summary: 'Registers an organisation; the creator becomes its owner.',
    returns: organisationView,
    status: 201,
  })
  create(
    @CurrentActor() actor: Actor,
    @Body({ schema: newOrganisation }) body: NewOrganisation,
  ): Promise<OrganisationView> {
    return this.organisations.create(actor, body);
  }

  @Get(':id')
  @Endpoint({ allow: 'public', summary: 'One organisation, without its contact.', returns: organisationView })
  read(
    @CurrentActor() actor: Actor | null,
    @Param({ schema: idParams }) params: { id: string },
  ): Promise<OrganisationView> {
    return this.organisations.read(actor, params.id);
  }

  @Get(':id/contact')
  @Endpoint({
    allow: 'signedIn',
    summary: 'The sealed contact, for members, staff and holders of a grant; the latter two are logged.',
    returns: contactView,
  })
  readContact(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) params: { id: string },
  ): Promise<ContactView> {
    return this.organisations.readContact(actor, params.id);
  }

  @Patch(':id')
  @Endpoint({
    allow: 'member',
    summary: 'Changes an organisation; a new name, kind or code of a verified one is looked at again.',
    returns: organisationView,
  })
  edit(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) params: { id: string },
    @Body({ schema: organisationPatch }) body: OrganisationPatch,
  ): Promise<OrganisationView> {
    return this.organisations.edit(actor, params.id, body);
  }

  @Post(':id/verify')
  @HttpCode(200)
  @Endpoint({ allow: 'organizer', summary: 'Verifies an organisation.', returns: organisationView })
  verify(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) params: { id: string },
    @Body({ schema: verifyBody }) body: VerifyBody,
  ): Promise<OrganisationView> {
    return this.verification.verify(actor, params.id, body.note || null);
  }

  @Post(':id/reject')
  @HttpCode(200)
  @Endpoint({
    allow: 'organizer',
    summary: 'Returns an organisation to its owners with a note.',
    returns: organisationView,
  })
  reject(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) params: { id: string },
    @Body({ schema: rejectBody }) body: RejectBody,
  ): Promise<OrganisationView> {
    return this.verification.reject(actor, params.id, body.note);
  }
}
