import { Inject, Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
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

/** Deliveries under way together, and those of them to one address: one that does not answer holds up itself alone. */
const MOST = 16;
const MOST_PER_ADDRESS = 2;
/** After so many tries in a row that nobody answered an address rests as a whole, the longer the longer it is silent. */
const SILENCES = 3;
const MOST_REST_MINUTES = 60;
/** What waited so long for a silent address has failed: longer than all tries of one delivery take. */
const GIVE_UP = "interval '4 days'";
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

/** $1 now, $2 end of the lease, $3 most, $4 what this process has in hand. After a rest one delivery tries first. */
const CLAIM = `
  WITH due AS (
    SELECT d.id FROM webhook w CROSS JOIN LATERAL (
      SELECT id, next_attempt_at FROM webhook_delivery
      WHERE webhook_id = w.id AND status IN ('queued', 'sending') AND next_attempt_at <= $1 AND id <> ALL($4::uuid[])
      ORDER BY next_attempt_at, id
      LIMIT greatest(0, CASE WHEN w.silences >= ${SILENCES} THEN 1 ELSE ${MOST_PER_ADDRESS} END - (
        SELECT count(*) FROM webhook_delivery u WHERE u.webhook_id = w.id AND u.status = 'sending'
          AND (u.next_attempt_at > $1 OR u.id = ANY($4::uuid[]))))
      FOR UPDATE SKIP LOCKED) d
    WHERE w.resting_until IS NULL OR w.resting_until <= $1
    ORDER BY d.next_attempt_at, d.id LIMIT $3
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
  private readonly inHand = new Map<string, Promise<void>>();
  private again = false;
  private stopping = false;
  private progress: (() => void) | null = null;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly clock: Clock,
    private readonly transactions: Transactions,
    private readonly box: SealedBox,
  ) {}

  /** Resolves when nothing is due any more that was when it was called. */
  run(): Promise<void> {
    this.again = true;
    this.moved();
    this.running ??= this.drain().finally(() => (this.running = null));
    return this.running;
  }

  onModuleDestroy(): void {
    this.stopping = true;
    this.moved();
  }

  /** A slow address keeps no other waiting: whatever is done with makes room for the next. */
  private async drain(): Promise<void> {
    while (!this.stopping) {
      this.again = false;
      const room = MOST - this.inHand.size;
      const rows = room > 0 ? await this.claim(room) : [];
      for (const row of rows) this.begin(row);
      if (rows.length > 0 || this.again) continue;
      if (this.inHand.size === 0) return;
      await new Promise<void>((resolve) => (this.progress = resolve));
    }
    await Promise.all(this.inHand.values());
  }

  private claim(most: number): Promise<DueDelivery[]> {
    const now = this.clock.now();
    const lease = new Date(now.getTime() + LEASE_MS);
    return this.transactions.manager.query(CLAIM, [now, lease, most, [...this.inHand.keys()]]);
  }

  private begin(row: DueDelivery): void {
    const delivery = this.deliver(row).finally(() => {
      this.inHand.delete(row.id);
      this.moved();
    });
    this.inHand.set(row.id, delivery);
  }

  private moved(): void {
    this.progress?.();
    this.progress = null;
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
      await this.noteSilence(manager, row, answer, now);
      if (gone)
        await manager.query(`UPDATE webhook SET enabled = false, fault = '410 Gone' WHERE id = $1`, [
          row.webhookId,
        ]);
    });
  }

  /** Any answer, even a refusal, ends the silence of an address. */
  private async noteSilence(
    manager: EntityManager,
    { webhookId, enabled }: DueDelivery,
    { status }: WebhookAnswer,
    now: Date,
  ): Promise<void> {
    if (!enabled) return;
    if (status !== null) {
      await manager.query(
        'UPDATE webhook SET silences = 0, resting_until = NULL WHERE id = $1 AND silences > 0',
        [webhookId],
      );
      return;
    }
    await manager.query(
      `UPDATE webhook SET silences = silences + 1, resting_until = CASE WHEN silences + 1 >= ${SILENCES} THEN
         $2::timestamptz + least(${MOST_REST_MINUTES}, power(2, least(silences + 1 - ${SILENCES}, 10))) * interval '1 minute' END
       WHERE id = $1`,
      [webhookId, now],
    );
    await manager.query(
      `UPDATE webhook_delivery SET status = 'failed' WHERE webhook_id = $1 AND status = 'queued'
         AND created_at < $2::timestamptz - ${GIVE_UP}
         AND EXISTS (SELECT 1 FROM webhook w WHERE w.id = $1 AND w.silences > ${SILENCES})`,
      [webhookId, now],
    );
  }
}
