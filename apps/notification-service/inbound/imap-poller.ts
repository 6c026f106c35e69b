import {
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { ImapFlow } from 'imapflow';
import type { Config } from '#config/config.js';
import { CONFIG } from '#libs/platform/config-token.js';
import { KeepMail } from './keep-mail.js';

/** Mails taken in one look; the rest waits for the next. */
const BATCH = 100;

/**
 * Looks into a mailbox for unseen mails. Each is marked as seen once it is in the database; a mail that is fetched
 * twice, because the process died in between, is kept once.
 */
@Injectable()
export class ImapPoller implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(ImapPoller.name);
  private timer: NodeJS.Timeout | null = null;
  private looking: Promise<void> = Promise.resolve();
  private stopped = false;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly mails: KeepMail,
  ) {}

  onApplicationBootstrap(): void {
    if (this.config.inbound.imap !== null) this.plan(0);
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopped = true;
    if (this.timer !== null) clearTimeout(this.timer);
    await this.looking;
  }

  private plan(delayMs: number): void {
    const { imap } = this.config.inbound;
    if (this.stopped || imap === null) return;
    this.timer = setTimeout(() => {
      this.looking = this.look(imap.url)
        .catch((error: unknown) => this.logger.warn(`The mailbox could not be read: ${String(error)}`))
        .then(() => this.plan(imap.everyMs));
    }, delayMs);
  }

  private async look(url: string): Promise<void> {
    const { client, folder } = connectTo(url);
    // Errors of the connection end the command under way; without a listener they would end the process.
    client.on('error', (error) => this.logger.debug(String(error)));
    await client.connect();
    try {
      const lock = await client.getMailboxLock(folder);
      try {
        const unseen = await client.search({ seen: false }, { uid: true });
        for (const uid of (unseen || []).slice(0, BATCH)) {
          if (this.stopped) return;
          await this.take(client, uid);
        }
      } finally {
        lock.release();
      }
    } finally {
      await client.logout().catch(() => client.close());
    }
  }

  private async take(client: ImapFlow, uid: number): Promise<void> {
    // One octet more than is allowed is enough to see that a mail is too large.
    const source = { maxLength: this.mails.maxBytes + 1 };
    const message = await client.fetchOne(String(uid), { source }, { uid: true });
    if (!message || message.source === undefined) return;
    await this.mails.keep({
      source: 'imap',
      raw: message.source,
      envelopeFrom: null,
      recipients: [],
      authenticatedSender: null,
    });
    await client.messageFlagsAdd(String(uid), ['\\Seen'], { uid: true });
  }
}

function connectTo(url: string): { client: ImapFlow; folder: string } {
  const { protocol, hostname, port, username, password, pathname } = new URL(url);
  const secure = protocol === 'imaps:';
  const client = new ImapFlow({
    host: hostname,
    port: port === '' ? (secure ? 993 : 143) : Number(port),
    secure,
    auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) },
    logger: false,
    socketTimeout: 60_000,
  });
  return { client, folder: decodeURIComponent(pathname.slice(1)) || 'INBOX' };
}
