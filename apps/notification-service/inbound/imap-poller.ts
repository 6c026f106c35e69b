import {
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import type { ImapFlow } from 'imapflow';
import type { Config } from '#config/config.js';
import { CONFIG } from '#libs/platform/config-token.js';
import { KeepMail } from './keep-mail.js';

/** How soon a connection that worked is made again after it was lost. */
const RECONNECT_MS = 2_000;

/**
 * Looks into a mailbox for unseen mails: when the server tells of a new one (IDLE, RFC 2177), and every so often. Each is
 * marked as seen once it is in the database; a mail that is fetched twice, because the process died in between or the
 * folder came back with another UIDVALIDITY, is kept once. No number of a message outlives a look.
 */
@Injectable()
export class ImapPoller implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(ImapPoller.name);
  private timer: NodeJS.Timeout | null = null;
  private looking: Promise<void> = Promise.resolve();
  private stopped = false;
  /** The server told of a mail since the last look began. */
  private news = false;
  private wake: (() => void) | null = null;

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
    this.wake?.();
    await this.looking;
  }

  private plan(delayMs: number): void {
    const { imap } = this.config.inbound;
    if (this.stopped || imap === null) return;
    this.timer = setTimeout(() => {
      let looked = false;
      this.looking = this.watch(imap, () => (looked = true))
        .catch((error: unknown) => this.logger.warn(`The mailbox could not be read: ${String(error)}`))
        .then(() => this.plan(looked ? Math.min(RECONNECT_MS, imap.everyMs) : imap.everyMs));
    }, delayMs);
  }

  /** Until the connection is lost or the process stops; `looked` is told of each look that succeeded. */
  private async watch({ url, everyMs }: { url: string; everyMs: number }, looked: () => void): Promise<void> {
    const { client, folder } = await clientOf(url);
    // Errors of the connection end the command under way; without a listener they would end the process.
    client.on('error', (error) => this.logger.debug(String(error)));
    client.on('exists', () => {
      this.news = true;
      this.wake?.();
    });
    client.on('close', () => this.wake?.());
    await client.connect();
    try {
      const lock = await client.getMailboxLock(folder);
      try {
        while (!this.stopped && client.usable) {
          await this.look(client);
          looked();
          await this.anything(client, everyMs);
        }
      } finally {
        lock.release();
      }
    } finally {
      await client.logout().catch(() => client.close());
    }
  }

  private async look(client: ImapFlow): Promise<void> {
    // Servers tell of what is new with this command; SEARCH need not see it before (RFC 3501 §5.2).
    await client.noop();
    this.news = false;
    const unseen = await client.search({ seen: false }, { uid: true });
    for (const uid of unseen || []) {
      if (this.stopped) return;
      await this.take(client, uid);
    }
  }

  /** Until the server tells of something new, or it is time to look again. */
  private async anything(client: ImapFlow, everyMs: number): Promise<void> {
    if (this.stopped || this.news || !client.usable) return;
    let timer: NodeJS.Timeout | null = null;
    const woken = new Promise<void>((resolve) => {
      this.wake = resolve;
      timer = setTimeout(resolve, everyMs);
    });
    if (client.capabilities.has('IDLE')) void client.idle().catch(() => this.wake?.());
    await woken;
    this.wake = null;
    if (timer !== null) clearTimeout(timer);
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

/** The library is much code, which only who reads a mailbox has to load. */
async function clientOf(url: string): Promise<{ client: ImapFlow; folder: string }> {
  const { ImapFlow } = await import('imapflow');
  const { protocol, hostname, port, username, password, pathname } = new URL(url);
  const secure = protocol === 'imaps:';
  const client = new ImapFlow({
    host: hostname,
    port: port === '' ? (secure ? 993 : 143) : Number(port),
    secure,
    auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) },
    logger: false,
    socketTimeout: 10 * 60_000,
    maxIdleTime: 5 * 60_000,
  });
  return { client, folder: decodeURIComponent(pathname.slice(1)) || 'INBOX' };
}
