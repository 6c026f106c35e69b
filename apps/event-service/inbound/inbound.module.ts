import { Module } from '@nestjs/common';
import { AnswersController } from './answers.controller.js';
import { AnswersService } from './answers.service.js';
import { InboundMailsController } from './inbound-mails.controller.js';
import { InboundMailsService } from './inbound-mails.service.js';
import { MailGatewayController } from './mail-gateway.controller.js';

/** Answers to invitations, the log of mails that came in, and the way in for a mail gateway. */
@Module({
  controllers: [AnswersController, InboundMailsController, MailGatewayController],
  providers: [AnswersService, InboundMailsService],
})
export class InboundApiModule {}
