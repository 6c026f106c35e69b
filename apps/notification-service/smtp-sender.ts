import pLimit, { type LimitFunction } from 'p-limit';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import { parseConnectionUrl } from 'nodemailer/lib/shared';
import type { DeliveryFailure } from '#libs/domain/notifications/classify-failure.js';
import type { ComposedMail } from './outgoing-notification.js';

/** When a server counts as silent. */
const TIMEOUTS = {
  connectionTimeout: 15_000,
  greetingTimeout: 15_000,
  socketTimeout: 45_000,
  dnsTimeout: 10_000,
};
/** Servers close quiet connections after half a minute and more; ours goes first, so that no mail meets a closed one. */
const IDLE_MS = 5_000;
/** Some servers take only so many mails over one connection. */
const MAILS_PER_CONNECTION = 500;

export type SmtpOutcome =
  | { readonly accepted: true; readonly response: string }
  | ({ readonly accepted: false } & DeliveryFailure)
  /** When it had a connection it was not to go any more. */
  | { readonly accepted: null };

interface Line {
  readonly connection: SMTPConnection;
  mails: number;
  broken: boolean;
  idle: NodeJS.Timeout | null;
}

/**
 * Connections to the configured SMTP server, so many at most at once; mails beyond wait for one in the order they came.
 * `?pool=false` in the URL opens one per mail; other options of its query (for example `requireTLS=true`) win over the
 * defaults.
 */
export class SmtpSender {
  private readonly options: ReturnType<typeof parseConnectionUrl>;
  private readonly quiet: Line[] = [];
  private readonly limit: LimitFunction;
  private stopped = false;

  constructor(url: string, connections: number) {
    this.options = { ...TIMEOUTS, ...parseConnectionUrl(url) };
    this.limit = pLimit(connections);
  }

  /** Asks `mayGo` when the mail has a connection: much may have happened while it waited. */
  send(mail: ComposedMail, from: string, to: string, mayGo: () => boolean): Promise<SmtpOutcome> {
    return this.limit(() => (this.stopped || !mayGo() ? { accepted: null } : this.transact(mail, from, to)));
  }

  /** Mails that wait for a connection are not begun. */
  stop(): void {
    this.stopped = true;
    this.limit.concurrency = Infinity;
  }

  private async transact(mail: ComposedMail, from: string, to: string): Promise<SmtpOutcome> {
    let line: Line | null = null;
    try {
      line = this.quiet.pop() ?? (await this.connect());
      if (line.idle !== null) clearTimeout(line.idle);
      const response = await handOver(line, from, to, mail.raw);
      this.keep(line);
      return { accepted: true, response };
    } catch (error) {
      // After a refusal the transaction's state is unclear to some servers: a new connection is cheaper than a doubt.
      line?.connection.close();
      return { accepted: false, ...failureOf(error) };
    }
  }

  close(): void {
    for (const line of this.quiet.splice(0)) this.drop(line);
  }

  private keep(line: Line): void {
    line.mails += 1;
    if (line.broken || line.mails >= MAILS_PER_CONNECTION || this.options.pool === false)
      return this.drop(line);
    line.idle = setTimeout(() => this.drop(line), IDLE_MS);
    line.idle.unref();
    this.quiet.push(line);
  }

  private drop(line: Line): void {
    const at = this.quiet.indexOf(line);
    if (at >= 0) this.quiet.splice(at, 1);
    if (line.idle !== null) clearTimeout(line.idle);
    if (line.broken) line.connection.close();
    else line.connection.quit();
  }

  private async connect(): Promise<Line> {
    const connection = new SMTPConnection(this.options);
    const line: Line = { connection, mails: 0, broken: false, idle: null };
    const { auth } = this.options;
    await new Promise<void>((resolve, reject) => {
      const ended = () => {
        line.broken = true;
        this.forget(line);
        reject(new Error('The mail server closed the connection.'));
      };
      connection.once('error', (error) => {
        ended();
        reject(error);
      });
      connection.on('error', () => undefined);
      connection.once('end', ended);
      connection.connect((error) => {
        if (error !== undefined) return reject(error);
        if (auth === undefined) return resolve();
        connection.login(auth, (refused) => (refused ? reject(refused) : resolve()));
      });
    });
    return line;
  }

  private forget(line: Line): void {
    const at = this.quiet.indexOf(line);
    if (at >= 0) this.quiet.splice(at, 1);
  }
}

function handOver(line: Line, from: string, to: string, raw: Buffer): Promise<string> {
  return new Promise((resolve, reject) => {
    line.connection.send({ from, to, size: raw.length }, raw, (error, info) =>
      error === null || error === undefined ? resolve(info.response) : reject(error),
    );
  });
}

function failureOf(error: unknown): DeliveryFailure {
  const { responseCode, response, message } = error as {
    responseCode?: unknown;
    response?: unknown;
    message?: unknown;
  };
  const text = typeof response === 'string' && response !== '' ? response : String(message ?? error);
  return { status: typeof responseCode === 'number' ? responseCode : null, text };
}
