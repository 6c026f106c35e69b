import { Module } from '@nestjs/common';
import { Channels } from './channels.js';
import { HeldAddressesModule } from './held-addresses.module.js';
import { InboundModule } from './inbound/inbound.module.js';
import { Inviting } from './inviting.js';
import { LastLook } from './last-look.js';
import { MailDesk } from './mail-desk.js';
import { MailLinks } from './mail-links.js';
import { MailPace } from './mail-pace.js';
import { MailSender } from './mail-sender.js';
import { MailTemplates } from './mail-templates.js';
import { NotificationWorker } from './notification.worker.js';
import { Outbox } from './outbox.js';
import { RobotSender } from './robots/robot-sender.js';
import { SendNotification } from './send-notification.js';
import { SmsSender } from './sms/sms-sender.js';
import { Spreading } from './spreading.js';
import { WebhookSender } from './webhooks/webhook-sender.js';
import { WecomAppSender } from './wecom-app-sender.js';

/** Consumer of the queue `notification`: renders and sends what waits in the outbox. Needs the PlatformModule. */
@Module({
  imports: [HeldAddressesModule, InboundModule],
  providers: [
    Outbox,
    MailTemplates,
    MailLinks,
    MailDesk,
    MailPace,
    MailSender,
    RobotSender,
    SmsSender,
    WecomAppSender,
    Channels,
    LastLook,
    WebhookSender,
    Spreading,
    Inviting,
    SendNotification,
    NotificationWorker,
  ],
})
export class NotificationServiceModule {}
