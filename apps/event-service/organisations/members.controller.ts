import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post } from '@nestjs/common';
import {
  invitationBody,
  invitationParams,
  invitationsView,
  joinBody,
  joined,
  joinPreview,
  memberParams,
  memberPatch,
  membersView,
} from '#libs/contracts/organisations/members.js';
import type {
  InvitationBody,
  InvitationsView,
  JoinBody,
  Joined,
  JoinPreview,
  MemberPatch,
  MembersView,
} from '#libs/contracts/organisations/members.js';
import { done, idParams } from '#libs/contracts/primitives.js';
import type { Actor } from '#libs/domain/access/actor.js';
import { CurrentActor } from '#libs/platform/auth/allow.js';
import { Endpoint } from '#libs/platform/http/endpoint.js';
import { InvitationsService } from './invitations.service.js';
import { MembersService } from './members.service.js';

@Controller('organisations')
export class MembersController {
  constructor(
    private readonly members: MembersService,
    private readonly invitations: InvitationsService,
  ) {}

  @Get(':id/members')
  @Endpoint({ allow: 'signedIn', summary: 'Members, for members and staff.', returns: membersView })
  list(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) params: { id: string },
  ): Promise<MembersView> {
    return this.members.list(actor, params.id);
  }

  @Patch(':id/members/:personId')
  @Endpoint({ allow: 'member', summary: "Changes a member's role or title.", returns: membersView })
  change(
    @CurrentActor() actor: Actor,
    @Param({ schema: memberParams }) params: { id: string; personId: string },
    @Body({ schema: memberPatch }) body: MemberPatch,
  ): Promise<MembersView> {
    return this.members.change(actor, params.id, params.personId, body);
  }

  @Delete(':id/members/:personId')
  @Endpoint({ allow: 'member', summary: 'Removes a member, or leaves.', returns: done })
  async remove(
    @CurrentActor() actor: Actor,
    @Param({ schema: memberParams }) params: { id: string; personId: string },
  ): Promise<{ ok: true }> {
    await this.members.remove(actor, params.id, params.personId);
    return { ok: true };
  }

  @Get(':id/invitations')
  @Endpoint({ allow: 'member', summary: 'Open invitations, for owners.', returns: invitationsView })
  listInvitations(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) params: { id: string },
  ): Promise<InvitationsView> {
    return this.invitations.list(actor, params.id);
  }

  @Post(':id/invitations')
  @Endpoint({
    allow: 'member',
    summary: 'Invites a colleague by mail; a second invitation replaces the first.',
    returns: invitationsView,
    status: 201,
  })
  invite(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) params: { id: string },
    @Body({ schema: invitationBody }) body: InvitationBody,
  ): Promise<InvitationsView> {
    return this.invitations.invite(actor, params.id, body);
  }

  @Delete(':id/invitations/:invitationId')
  @Endpoint({ allow: 'member', summary: 'Withdraws an invitation.', returns: done })
  async withdraw(
    @CurrentActor() actor: Actor,
    @Param({ schema: invitationParams }) params: { id: string; invitationId: string },
  ): Promise<{ ok: true }> {
    await this.invitations.withdraw(actor, params.id, params.invitationId);
    return { ok: true };
  }

  @Post('join/preview')
  @HttpCode(200)
  @Endpoint({ allow: 'public', summary: 'What an invitation invites to.', returns: joinPreview })
  preview(@Body({ schema: joinBody }) body: JoinBody): Promise<JoinPreview> {
    return this.invitations.preview(body.token);
  }

  @Post('join')
  @HttpCode(200)
  @Endpoint({ allow: 'signedIn', summary: 'Accepts an invitation.', returns: joined })
  join(@CurrentActor() actor: Actor, @Body({ schema: joinBody }) body: JoinBody): Promise<Joined> {
    return this.invitations.join(actor, body.token);
  }
}
