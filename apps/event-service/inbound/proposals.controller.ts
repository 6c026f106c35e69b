import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { announcementView, type AnnouncementView } from '#libs/contracts/notifications/announcement.js';
import { declineProposalBody, type DeclineProposalBody } from '#libs/contracts/notifications/answers.js';
import { done, idParams } from '#libs/contracts/primitives.js';
import type { Actor } from '#libs/domain/access/actor.js';
import { CurrentActor } from '#libs/platform/auth/allow.js';
import { Endpoint } from '#libs/platform/http/endpoint.js';
import { ProposalsService } from './proposals.service.js';

@Controller('organizer/proposals')
export class ProposalsController {
  constructor(private readonly proposals: ProposalsService) {}

  @Post(':id/accept')
  @HttpCode(200)
  @Endpoint({ allow: 'organizer', summary: 'Move the event to the proposed time.', returns: done })
  async accept(@Param({ schema: idParams }) { id }: { id: string }, @CurrentActor() actor: Actor) {
    await this.proposals.accept(actor, id);
    return { ok: true as const };
  }

  @Post(':id/announcement')
  @HttpCode(200)
  @Endpoint({
    allow: 'organizer',
    summary: 'Who would get what through which channel if the proposal were accepted; nothing is changed.',
    returns: announcementView,
  })
  announcement(
    @Param({ schema: idParams }) { id }: { id: string },
    @CurrentActor() actor: Actor,
  ): Promise<AnnouncementView> {
    return this.proposals.foretell(actor, id);
  }

  @Post(':id/close')
  @HttpCode(200)
  @Endpoint({
    allow: 'organizer',
    summary: 'Notes that the plan is at the proposed time by now; nobody is told.',
    returns: done,
  })
  async close(@Param({ schema: idParams }) { id }: { id: string }, @CurrentActor() actor: Actor) {
    await this.proposals.close(actor, id);
    return { ok: true as const };
  }

  @Post(':id/decline')
  @HttpCode(200)
  @Endpoint({ allow: 'organizer', summary: 'Keep the time and tell the proposer.', returns: done })
  async decline(
    @Param({ schema: idParams }) { id }: { id: string },
    @Body({ schema: declineProposalBody }) body: DeclineProposalBody,
    @CurrentActor() actor: Actor,
  ) {
    await this.proposals.decline(actor, id, body.note);
    return { ok: true as const };
  }
}
