import pLimit, { type LimitFunction } from 'p-limit';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import { parseConnectionUrl } from 'nodemailer/lib/shared';
import type { DeliveryFailure } from '#libs/domain/notifications/classify-failure.js';
import type { ComposedMail } from './outgoing-notification.js';
import { WireMessage, wireForm } from './wire-message.js';

/** When a server counts as silent. */
const TIMEOUTS = {
  connectionTimeout: 15_000,
  greetingTimeout: 15_000,
  socketTimeout: 45_000,
  dnsTimeout: 10_000,
};
/** Servers close quiet connections after half a minute and more; ours goes first, so that no mail meets a closed one. */
const IDLE_MS = 5_000;
/** Some servers take only so many mails over one connection; each of ours takes another number, lest all end together. */
const MAILS_PER_CONNECTION = { least: 250, most: 500 };

export type SmtpOutcome =
  | { readonly accepted: true; readonly response: string }
  | ({ readonly accepted: false } & DeliveryFailure)
  /** When it had a connection it was not to go any more. */
  | { readonly accepted: null };

interface Line {
  readonly connection: SMTPConnection;
  /** Mails that may still go over it. */
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
  /** Opened ahead; nobody waits for these yet. */
  private readonly opening = new Set<Promise<Line>>();
  private readonly limit: LimitFunction;
  private opened = 0;
  private stopped = false;

  constructor(
    url: string,
    private readonly connections: number,
  ) {
    this.options = { ...TIMEOUTS, ...parseConnectionUrl(url) };
    this.limit = pLimit(connections);
  }

  /** Opens connections for so many mails that are being written: greetings and handshakes take their time. */
  expect(mails: number): void {
    const under = this.limit.activeCount;
    const wanted = Math.min(this.connections, under + this.limit.pendingCount + mails);
    for (let open = under + this.quiet.length + this.opening.size; open < wanted; open++) this.openAhead();
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
      line = this.quiet.pop() ?? (await (this.comingLine() ?? this.connect()));
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
    this.stopped = true;
    for (const line of this.quiet.splice(0)) this.drop(line);
  }

  private keep(line: Line): void {
    line.mails -= 1;
    if (line.mails === 0 || this.options.pool === false) this.drop(line);
    else this.rest(line);
  }

  private rest(line: Line): void {
    if (line.broken) return this.drop(line);
    line.idle = setTimeout(() => this.drop(line), IDLE_MS);
    line.idle.unref();
    this.quiet.push(line);
  }

  /** A connection that cannot be had is told to the mail that then asks for one. */
  private openAhead(): void {
    const coming = this.connect();
    this.opening.add(coming);
    coming.then(
      (line) => {
        // Else a mail waits for it.
        if (!this.opening.delete(coming)) return;
        if (this.stopped) this.drop(line);
        else this.rest(line);
      },
      () => this.opening.delete(coming),
    );
  }

  private comingLine(): Promise<Line> | undefined {
    const [first] = this.opening;
    if (first !== undefined) this.opening.delete(first);
    return first;
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
    const { least, most } = MAILS_PER_CONNECTION;
    const fewer = ((most - least) * (this.opened++ % this.connections)) / this.connections;
    const line: Line = { connection, mails: most - Math.floor(fewer), broken: false, idle: null };
    const { auth } = this.options;
    await new Promise<void>((resolve, reject) => {
      const ended = () => {
        line.broken = true;
        this.forget(line);
        reject(new Error('The mail server closed the connection.'));
      };
      connection.once('error', (error) => {
        reject(error);
        ended();
      });
      connection.on('error', () => undefined);
      connection.once('end', ended);
      connection.connect((error) => {
        if (error !== undefined) return reject(error);
        if (auth === undefined) return resolve();
        connection.login(auth, (refused) => {
          if (refused === null) return resolve();
          reject(refused);
          connection.close();
        });
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
    const message = new WireMessage(wireForm(raw));
    line.connection.send({ from, to, size: raw.length }, message, (error, info) =>
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
