import { Inject, Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import type { Config } from '#config/config.js';
import { Clock } from '#libs/platform/clock.js';
import { CONFIG } from '#libs/platform/config-token.js';
import { Transactions } from '#libs/platform/database/transactions.js';
import { SealedBox } from '#libs/platform/sealed-box.js';
import { webhookHeaders } from '#libs/platform/standard-webhook.js';
import { guardedPost, type WebhookAnswer } from './guarded-post.js';

interface DueDelivery {
  readonly id: string;
  readonly webhookId: string;
  readonly body: string;
  readonly attempts: number;
  readonly url: string;
  readonly enabled: boolean;
  readonly secrets: readonly { readonly sealed: string; readonly expiresAt: string | null }[];
}

const BATCH = 8;
const LEASE_MS = 60_000;
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** When a try follows the one before, as the specification of Standard Webhooks proposes; then the delivery failed. */
export const WEBHOOK_RETRIES_MS = [
  5_000,
  5 * MINUTE,
  30 * MINUTE,
  2 * HOUR,
  5 * HOUR,
  10 * HOUR,
  14 * HOUR,
  20 * HOUR,
  24 * HOUR,
];
const ANSWER_LENGTH = 500;

const CLAIM = `
  WITH due AS (
    SELECT id FROM webhook_delivery WHERE status IN ('queued', 'sending') AND next_attempt_at <= $1
    ORDER BY next_attempt_at, id LIMIT ${BATCH} FOR UPDATE SKIP LOCKED
  ), taken AS (
    UPDATE webhook_delivery d SET status = 'sending', attempts = attempts + 1, next_attempt_at = $2 FROM due
    WHERE d.id = due.id RETURNING d.id, d.webhook_id, d.body, d.attempts
  )
  SELECT t.id, t.webhook_id AS "webhookId", t.body, t.attempts, w.url, w.enabled, w.secrets
  FROM taken t JOIN webhook w ON w.id = t.webhook_id ORDER BY t.id`;

/** Delivers what happened to the webhooks of organisations, in no order: receivers tell copies by `webhook-id`. */
@Injectable()
export class WebhookSender implements OnModuleDestroy {
  private readonly logger = new Logger(WebhookSender.name);
  private running: Promise<void> | null = null;
  private again = false;
  private stopping = false;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly clock: Clock,
    private readonly transactions: Transactions,
    private readonly box: SealedBox,
  ) {}

  /** Resolves when nothing is due any more that was when it was called. */
  run(): Promise<void> {
    this.again = true;
    this.running ??= this.drain().finally(() => (this.running = null));
    return this.running;
  }

  onModuleDestroy(): void {
    this.stopping = true;
  }

  private async drain(): Promise<void> {
    while (!this.stopping) {
      this.again = false;
      const now = this.clock.now();
      const lease = new Date(now.getTime() + LEASE_MS);
      const rows = await this.transactions.manager.query<DueDelivery[]>(CLAIM, [now, lease]);
      await Promise.all(rows.map((row) => this.deliver(row)));
      if (rows.length === 0 && !this.again) return;
    }
  }

  private async deliver(row: DueDelivery): Promise<void> {
    try {
      const answer = row.enabled
        ? await this.post(row)
        : { status: null, body: 'The webhook is switched off.', durationMs: 0 };
      await this.settle(row, answer);
    } catch (error) {
      this.logger.error(`Delivery ${row.id} failed`, error instanceof Error ? error.stack : String(error));
    }
  }

  private post(row: DueDelivery): Promise<WebhookAnswer> {
    const now = this.clock.now();
    const secrets = row.secrets
      .filter(({ expiresAt }) => expiresAt === null || new Date(expiresAt) > now)
      .map(({ sealed }) => this.box.open(sealed));
    const headers = webhookHeaders(row.id, row.body, secrets, now);
    return guardedPost(row.url, row.body, headers, this.config.webhookPrivateHosts);
  }

  private settle(row: DueDelivery, answer: WebhookAnswer): Promise<void> {
    const now = this.clock.now();
    const taken = answer.status !== null && answer.status >= 200 && answer.status < 300;
    // 410 Gone is the receiver's word for "never again".
    const gone = answer.status === 410;
    const wait = row.enabled && !gone ? WEBHOOK_RETRIES_MS[row.attempts - 1] : undefined;
    const status = taken ? 'sent' : wait === undefined ? 'failed' : 'queued';
    return this.transactions.run(async ({ manager }) => {
      const text = answer.body.slice(0, ANSWER_LENGTH).replaceAll('\u0000', '');
      await manager.query(
        `INSERT INTO webhook_attempt (delivery_id, attempt_no, at, status, answer, duration_ms)
         VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING`,
        [row.id, row.attempts, now, answer.status, text, answer.durationMs],
      );
      await manager.query(
        `UPDATE webhook_delivery SET status = $3, last_status = $4, last_answer = $5, next_attempt_at = $6, delivered_at = $7
         WHERE id = $1 AND attempts = $2 AND status = 'sending'`,
        [
          row.id,
          row.attempts,
          status,
          answer.status,
          text,
          new Date(now.getTime() + (wait ?? 0)),
          taken ? now : null,
        ],
      );
      if (gone)
        await manager.query(`UPDATE webhook SET enabled = false, fault = '410 Gone' WHERE id = $1`, [
          row.webhookId,
        ]);
    });
  }
}
