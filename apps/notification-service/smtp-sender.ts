import { createTransport, type Transporter } from 'nodemailer';
import type { DeliveryFailure } from '#libs/domain/notifications/classify-failure.js';
import type { ComposedMail } from './outgoing-notification.js';

/** When a server counts as silent. */
const TIMEOUTS = {
  connectionTimeout: 15_000,
  greetingTimeout: 15_000,
  socketTimeout: 45_000,
  dnsTimeout: 10_000,
};

type SendOutcome =
  { readonly accepted: true; readonly response: string } | ({ readonly accepted: false } & DeliveryFailure);

/** A pool of connections to the configured SMTP server. */
export class SmtpSender {
  private readonly transport: Transporter;

  constructor(url: string, connections: number) {
    // Options of the URL's query (for example ?pool=false) come last and win over these.
    this.transport = createTransport(withQuery(url, { pool: 'true', maxConnections: String(connections) }));
  }

  async send(mail: ComposedMail, from: string, to: string): Promise<SendOutcome> {
    try {
      const info: { response?: string } = await this.transport.sendMail({
        envelope: { from, to },
        raw: mail.raw,
      });
      return { accepted: true, response: info.response ?? '250' };
    } catch (error) {
      return { accepted: false, ...failureOf(error) };
    }
  }

  close(): void {
    this.transport.close();
  }
}

function withQuery(url: string, defaults: Record<string, string>): string {
  const parsed = new URL(url);
  const timeouts = Object.fromEntries(Object.entries(TIMEOUTS).map(([name, value]) => [name, String(value)]));
  for (const [name, value] of Object.entries({ ...timeouts, ...defaults })) {
    if (!parsed.searchParams.has(name)) parsed.searchParams.set(name, value);
  }
  return parsed.href;
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
