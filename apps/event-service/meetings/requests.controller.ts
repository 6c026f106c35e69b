import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { created } from '#libs/contracts/meetings/meetings.js';
import {
  askBody,
  declineBody,
  meetingPartners,
  myRequests,
  offerAnswer,
  partnersQuery,
  proposeBody,
  type AskBody,
  type DeclineBody,
  type MeetingPartners,
  type MyRequests,
  type OfferAnswer,
  type PartnersQuery,
  type ProposeBody,
} from '#libs/contracts/meetings/requests.js';
import { done, idParams } from '#libs/contracts/primitives.js';
import type { Actor } from '#libs/domain/access/actor.js';
import { CurrentActor } from '#libs/platform/auth/allow.js';
import { Endpoint } from '#libs/platform/http/endpoint.js';
import { OffersService } from './offers.service.js';
import { RequestsService } from './requests.service.js';

interface Id {
  id: string;
}

/** Requests for meetings, and freed slots, as participants see them. */
@Controller()
export class RequestsController {
  constructor(
    private readonly requests: RequestsService,
    private readonly offers: OffersService,
  ) {}

  @Get('events/:id/meeting-requests')
  @Endpoint({
    allow: 'signedIn',
    summary: 'One’s own requests for meetings at an event, slots to propose, and freed slots to answer.',
    returns: myRequests,
  })
  mine(@CurrentActor() actor: Actor, @Param({ schema: idParams }) { id }: Id): Promise<MyRequests> {
    return this.requests.mine(actor, id);
  }

  @Get('events/:id/meeting-partners')
  @Endpoint({
    allow: 'signedIn',
    summary: 'Organisations at an event that one may ask for a meeting.',
    returns: meetingPartners,
  })
  partners(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: Id,
    @Query({ schema: partnersQuery }) { q }: PartnersQuery,
  ): Promise<MeetingPartners> {
    return this.requests.partners(actor, id, q);
  }

  @Post('events/:id/meeting-requests')
  @Endpoint({
    allow: 'signedIn',
    summary: 'Ask an organisation at an event for a meeting.',
    returns: created,
    status: 201,
  })
  ask(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: Id,
    @Body({ schema: askBody }) body: AskBody,
  ): Promise<Id> {
    return this.requests.ask(actor, id, body);
  }

  @Post('meeting-requests/:id/accept')
  @HttpCode(200)
  @Endpoint({ allow: 'signedIn', summary: 'Accept a request: it becomes a meeting.', returns: done })
  accept(@CurrentActor() actor: Actor, @Param({ schema: idParams }) { id }: Id): Promise<{ ok: true }> {
    return this.requests.accept(actor, id);
  }

  @Post('meeting-requests/:id/decline')
  @HttpCode(200)
  @Endpoint({ allow: 'signedIn', summary: 'Decline a request.', returns: done })
  decline(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: Id,
    @Body({ schema: declineBody }) { reason }: DeclineBody,
  ): Promise<{ ok: true }> {
    return this.requests.decline(actor, id, reason ?? null);
  }

  @Post('meeting-requests/:id/propose')
  @HttpCode(200)
  @Endpoint({
    allow: 'signedIn',
    summary: 'Propose another time; the other side answers then.',
    returns: done,
  })
  propose(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: Id,
    @Body({ schema: proposeBody }) body: ProposeBody,
  ): Promise<{ ok: true }> {
    return this.requests.propose(actor, id, body);
  }

  @Post('meeting-requests/:id/withdraw')
  @HttpCode(200)
  @Endpoint({ allow: 'signedIn', summary: 'Withdraw what one asked or proposed last.', returns: done })
  withdraw(@CurrentActor() actor: Actor, @Param({ schema: idParams }) { id }: Id): Promise<{ ok: true }> {
    return this.requests.withdraw(actor, id);
  }

  @Post('slot-offers/:id/answer')
  @HttpCode(200)
  @Endpoint({
    allow: 'signedIn',
    summary: 'Accept or decline a freed slot; the meeting takes place once both sides accepted.',
    returns: done,
  })
  answerOffer(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: Id,
    @Body({ schema: offerAnswer }) { accept }: OfferAnswer,
  ): Promise<{ ok: true }> {
    return this.offers.answer(actor, id, accept);
  }
}
