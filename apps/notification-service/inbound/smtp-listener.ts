import type { Server } from 'node:net';
import {
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import type { SMTPServer, SMTPServerDataStream, SMTPServerSession } from 'smtp-server';
import type { Config } from '#config/config.js';
import { CONFIG } from '#libs/platform/config-token.js';
import { KeepMail } from './keep-mail.js';

const MAX_CLIENTS = 20;
const IDLE_MS = 60_000;

/** An answer of the server: SMTP reply code and text. */
function refusal(responseCode: number, text: string): Error {
  return Object.assign(new Error(text), { responseCode });
}

/**
 * Takes mails from our own mail server by SMTP or LMTP. It authenticates nobody, so it belongs on a private address;
 * what a mail may do is decided later by what it proves. A mail is acknowledged when it is in the database.
 */
@Injectable()
export class SmtpListener implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(SmtpListener.name);
  private server: SMTPServer | null = null;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly mails: KeepMail,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    const { listen } = this.config.inbound;
    if (listen === null) return;
    const server = await this.open(listen.lmtp);
    this.server = server;
    await new Promise<void>((resolve, reject) => {
      server.server.once('error', reject);
      server.listen(listen.port, listen.host, () => resolve());
    });
    this.logger.log(`takes mails by ${listen.lmtp ? 'LMTP' : 'SMTP'} on ${listen.host}:${this.port()}`);
  }

  /** Where it listens; null when it is off. */
  port(): number | null {
    const server: Server | undefined = this.server?.server;
    const address = server?.address();
    return typeof address === 'object' && address !== null ? address.port : null;
  }

  async onApplicationShutdown(): Promise<void> {
    const { server } = this;
    if (server !== null) await new Promise<void>((resolve) => server.close(() => resolve()));
  }

  /** The library is loaded only where mails are taken so. */
  private async open(lmtp: boolean): Promise<SMTPServer> {
    const { SMTPServer } = await import('smtp-server');
    const server = new SMTPServer({
      lmtp,
      authOptional: true,
      disabledCommands: ['AUTH', 'STARTTLS'],
      disableReverseLookup: true,
      size: this.mails.maxBytes,
      maxClients: MAX_CLIENTS,
      socketTimeout: IDLE_MS,
      closeTimeout: 2_000,
      onRcptTo: ({ address }, _session, done) =>
        done(this.mails.takes(address) ? null : refusal(550, '5.1.1 No such mailbox here')),
      onData: (stream, session, done) => void this.take(stream, session, lmtp ? 'lmtp' : 'smtp', done),
    });
    // A client that leaves in the middle is no fault of ours.
    server.on('error', (error) => this.logger.debug(error.message));
    return server;
  }

  private async take(
    stream: SMTPServerDataStream,
    session: SMTPServerSession,
    source: 'smtp' | 'lmtp',
    done: (error: Error | null, message?: string) => void,
  ): Promise<void> {
    try {
      await this.receive(stream, session, source);
      done(null, 'kept');
    } catch (error) {
      done(error instanceof Error ? error : new Error(String(error)));
    }
  }

  private async receive(
    stream: SMTPServerDataStream,
    session: SMTPServerSession,
    source: 'smtp' | 'lmtp',
  ): Promise<void> {
    const chunks: Buffer[] = [];
    let size = 0;
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size <= this.mails.maxBytes) chunks.push(chunk);
    }
    if (size > this.mails.maxBytes) throw refusal(552, '5.3.4 Message too large');
    const { mailFrom, rcptTo } = session.envelope;
    try {
      await this.mails.keep({
        source,
        raw: Buffer.concat(chunks),
        envelopeFrom: mailFrom === false ? '' : mailFrom.address,
        recipients: rcptTo.map(({ address }) => address),
        authenticatedSender: null,
      });
    } catch (error) {
      this.logger.error(`A mail could not be kept: ${String(error)}`);
      throw refusal(451, '4.3.0 Try again later');
    }
  }
}
