import { Module } from '@nestjs/common';
import { HeldAddressesModule } from '../held-addresses.module.js';
import { ForgetMail } from './forget-mail.js';
import { ImapPoller } from './imap-poller.js';
import { InboundWorker } from './inbound.worker.js';
import { KeepMail } from './keep-mail.js';
import { MailParser } from './mail-parser.js';
import { ReadInboundMail } from './read-inbound-mail.js';
import { SmtpListener } from './smtp-listener.js';

/** Consumer of the queue `inbound` and two ways in for mails: a listener and a mailbox. Needs the PlatformModule. */
@Module({
  imports: [HeldAddressesModule],
  providers: [MailParser, ForgetMail, ReadInboundMail, InboundWorker, KeepMail, SmtpListener, ImapPoller],
})
export class InboundModule {}
