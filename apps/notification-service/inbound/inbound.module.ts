import { Module } from '@nestjs/common';
import { InboundWorker } from './inbound.worker.js';
import { MailParser } from './mail-parser.js';
import { ReadInboundMail } from './read-inbound-mail.js';

/** Consumer of the queue `inbound`: reads mails that came in. Needs the PlatformModule. */
@Module({ providers: [MailParser, ReadInboundMail, InboundWorker] })
export class InboundModule {}
