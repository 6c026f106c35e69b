import { Module } from '@nestjs/common';
import { EventsModule } from '../events/events.module.js';
import { AnswersController } from './answers.controller.js';
import { AnswersService } from './answers.service.js';
import { InboundMailsController } from './inbound-mails.controller.js';
import { InboundMailsService } from './inbound-mails.service.js';
import { MailGatewayController } from './mail-gateway.controller.js';
import { ProposalsController } from './proposals.controller.js';
import { ProposalsService } from './proposals.service.js';

/** Answers to invitations, the log of mails that came in, and the way in for a mail gateway. */
@Module({
  imports: [EventsModule],
  controllers: [AnswersController, InboundMailsController, MailGatewayController, ProposalsController],
  providers: [AnswersService, InboundMailsService, ProposalsService],
})
export class InboundApiModule {}
