import { Controller, Get, Param, Query, StreamableFile } from '@nestjs/common';
import {
  mailboxPage,
  mailboxQuery,
  mailView,
  type MailboxPage,
  type MailboxQuery,
  type MailView,
} from '#libs/contracts/notifications/mailbox.js';
import { idParams } from '#libs/contracts/primitives.js';
import { Endpoint } from '#libs/platform/http/endpoint.js';
import { MailboxService } from './mailbox.service.js';

@Controller('mailbox')
export class MailboxController {
  constructor(private readonly mailbox: MailboxService) {}

  @Get()
  @Endpoint({
    allow: 'public',
    summary: 'Mails of an installation without a mail server; 404 when there is one.',
    returns: mailboxPage,
  })
  list(@Query({ schema: mailboxQuery }) query: MailboxQuery): Promise<MailboxPage> {
    return this.mailbox.list(query);
  }

  @Get(':id')
  @Endpoint({ allow: 'public', summary: 'One mail, taken apart.', returns: mailView })
  read(@Param({ schema: idParams }) { id }: { id: string }): Promise<MailView> {
    return this.mailbox.read(id);
  }

  @Get(':id/raw')
  @Endpoint({ allow: 'public', summary: 'The bytes of a mail as .eml file.', file: 'message/rfc822' })
  async raw(@Param({ schema: idParams }) { id }: { id: string }): Promise<StreamableFile> {
    return new StreamableFile(await this.mailbox.raw(id), {
      type: 'message/rfc822',
      disposition: 'attachment; filename="mail.eml"',
    });
  }

  @Get(':id/calendar')
  @Endpoint({ allow: 'public', summary: 'The calendar part of a mail as .ics file.', file: 'text/calendar' })
  async calendar(@Param({ schema: idParams }) { id }: { id: string }): Promise<StreamableFile> {
    return new StreamableFile(await this.mailbox.calendar(id), {
      type: 'text/calendar; charset=utf-8',
      disposition: 'attachment; filename="invite.ics"',
    });
  }
}
