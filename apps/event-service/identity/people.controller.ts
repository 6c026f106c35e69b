import { Body, Controller, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { peoplePage, peopleQuery, personRow, rolesBody } from '#libs/contracts/identity/people.js';
import type { PeoplePage, PeopleQuery, PersonRow, RolesBody } from '#libs/contracts/identity/people.js';
import { idParams } from '#libs/contracts/primitives.js';
import type { Actor } from '#libs/domain/access/actor.js';
import { CurrentActor } from '#libs/platform/auth/allow.js';
import { Endpoint } from '#libs/platform/http/endpoint.js';
import { PeopleService } from './people.service.js';

@Controller('admin/people')
export class PeopleController {
  constructor(private readonly people: PeopleService) {}

  @Get()
  @Endpoint({
    allow: 'administrator',
    summary: 'People, newest first; searched by name, address, telephone number and organisation.',
    returns: peoplePage,
  })
  list(@Query({ schema: peopleQuery }) query: PeopleQuery): Promise<PeoplePage> {
    return this.people.list(query);
  }

  @Put(':id/roles')
  @Endpoint({ allow: 'administrator', summary: "Sets a person's platform roles.", returns: personRow })
  setRoles(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) params: { id: string },
    @Body({ schema: rolesBody }) body: RolesBody,
  ): Promise<PersonRow> {
    return this.people.setRoles(actor, params.id, body);
  }

  @Post(':id/disable')
  @HttpCode(200)
  @Endpoint({
    allow: 'administrator',
    summary: 'Disables an account and ends its sessions.',
    returns: personRow,
  })
  disable(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) params: { id: string },
  ): Promise<PersonRow> {
    return this.people.disable(actor, params.id);
  }

  @Post(':id/enable')
  @HttpCode(200)
  @Endpoint({ allow: 'administrator', summary: 'Enables a disabled account.', returns: personRow })
  enable(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) params: { id: string },
  ): Promise<PersonRow> {
    return this.people.enable(actor, params.id);
  }
}
