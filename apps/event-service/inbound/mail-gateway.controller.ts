import { createHash, timingSafeEqual } from 'node:crypto';
import { Controller, HttpCode, Inject, Post, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Config } from '#config/config.js';
import { AppError } from '#libs/contracts/app-error.js';
import { mailKept } from '#libs/contracts/notifications/inbound.js';
import { storeInboundMail } from '#libs/persistence/inbound/store-inbound-mail.js';
import { Clock } from '#libs/platform/clock.js';
import { CONFIG } from '#libs/platform/config-token.js';
import { Transactions } from '#libs/platform/database/transactions.js';
import { Endpoint } from '#libs/platform/http/endpoint.js';
import { JobQueue } from '#libs/platform/queue/job-queue.js';

/**
 * Takes mails from a mail gateway: the message as body (message/rfc822), INBOUND_HTTP_TOKEN as bearer token, the
 * envelope in `X-Envelope-From` and `X-Envelope-To` (separated by commas), and, where the gateway has authenticated
 * the writer, the address in `X-Authenticated-Sender`.
 */
@Controller('inbound')
export class MailGatewayController {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
    private readonly queue: JobQueue,
  ) {}

  @Post('mail')
  @HttpCode(202)
  @Endpoint({
    allow: 'public',
    summary: 'Hand in a mail (message/rfc822) with the gateway’s bearer token; it is read afterwards.',
    returns: mailKept,
    status: 202,
  })
  async receive(@Req() request: FastifyRequest): Promise<{ ok: true }> {
    this.checkToken(request.headers.authorization);
    const { body } = request;
    if (!Buffer.isBuffer(body) || body.length === 0) throw new AppError('request.invalid');
    const header = (name: string) => {
      const value = request.headers[name];
      return typeof value === 'string' ? value.trim().toLowerCase() : null;
    };
    const id = await storeInboundMail(
      this.transactions.manager,
      {
        source: 'http',
        raw: body,
        envelopeFrom: header('x-envelope-from'),
        recipients: (header('x-envelope-to') ?? '')
          .split(',')
          .map((one) => one.trim())
          .filter(Boolean),
        authenticatedSender: header('x-authenticated-sender'),
        receivedAt: this.clock.now(),
      },
      this.config.inbound.maxBytes,
    );
    if (id !== null) await this.queue.wake('read-mail', [id]);
    return { ok: true };
  }

  private checkToken(authorization: string | undefined): void {
    const { httpToken } = this.config.inbound;
    if (httpToken === null) throw new AppError('inbound.off');
    const digest = (text: string) => createHash('sha256').update(text).digest();
    if (!timingSafeEqual(digest(authorization ?? ''), digest(`Bearer ${httpToken}`))) {
      throw new AppError('auth.sign-in');
    }
  }
}
