import { isIP } from 'node:net';
import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Config } from '#config/config.js';
import { AppError } from '#libs/contracts/app-error.js';
import type {
  WebhookBody,
  WebhookDeliveriesPage,
  WebhookDeliveriesQuery,
  WebhookView,
  WebhookWithSecret,
} from '#libs/contracts/notifications/places.js';
import type { Actor } from '#libs/domain/access/actor.js';
import { isPrivateAddress } from '#libs/domain/notifications/private-address.js';
import { writeAudit } from '#libs/persistence/audit/write-audit.js';
import type { Webhook } from '#libs/persistence/entities/webhook.entity.js';
import { Clock } from '#libs/platform/clock.js';
import { CONFIG } from '#libs/platform/config-token.js';
import { Transactions } from '#libs/platform/database/transactions.js';
import { JobQueue } from '#libs/platform/queue/job-queue.js';
import { SealedBox } from '#libs/platform/sealed-box.js';
import { newWebhookSecret } from '#libs/platform/standard-webhook.js';
import { readWebhookDeliveries } from './webhook-delivery-rows.js';

/** How long earlier secrets sign too, so that receivers change theirs in their own time. */
const OLD_SECRET_MS = 24 * 3_600_000;
/** Each signs every message; more rotations in a day are a slip of whoever asks for them. */
const MOST_SECRETS = 10;

type Row = Pick<Webhook, 'id' | 'url' | 'topics' | 'secrets' | 'enabled' | 'fault'> &
  Pick<WebhookView, 'counts'>;

/** Webhooks of organisations. Who may is decided by the caller. */
@Injectable()
export class WebhooksService {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
    private readonly queue: JobQueue,
    private readonly box: SealedBox,
  ) {}

  async list(organisationId: string): Promise<WebhookView[]> {
    const rows = await this.transactions.manager.query<Row[]>(
      `SELECT w.id, w.url, w.topics, w.secrets, w.enabled, w.fault, (SELECT jsonb_build_object(
           'waiting', count(*) FILTER (WHERE d.status IN ('queued', 'sending')),
           'sent', count(*) FILTER (WHERE d.status = 'sent'), 'failed', count(*) FILTER (WHERE d.status = 'failed'))
         FROM webhook_delivery d WHERE d.webhook_id = w.id) AS counts
       FROM webhook w WHERE w.organisation_id = $1 ORDER BY w.id`,
      [organisationId],
    );
    return rows.map(({ secrets, ...row }) => ({ ...row, oldSecretUntil: this.oldUntil(secrets) }));
  }

  async add(actor: Actor, organisationId: string, body: WebhookBody): Promise<WebhookWithSecret> {
    this.checkUrl(body.url);
    const secret = newWebhookSecret();
    const id = await this.transactions.run(async ({ manager }) => {
      const [row] = await manager.query<{ id: string }[]>(
        `INSERT INTO webhook (organisation_id, url, topics, secrets, enabled, created_by, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id`,
        [
          organisationId,
          body.url,
          body.topics,
          JSON.stringify([this.sealed(secret)]),
          body.enabled,
          actor.personId,
          this.clock.now(),
        ],
      );
      await this.audit(manager, actor, 'add-webhook', row!.id, { ...body });
      return row!.id;
    });
    return { ...(await this.find(organisationId, id)), secret };
  }

  async change(actor: Actor, organisationId: string, id: string, body: WebhookBody): Promise<void> {
    this.checkUrl(body.url);
    await this.transactions.run(async ({ manager }) => {
      const changed = await manager.query<[unknown[], number]>(
        `UPDATE webhook SET url = $3, topics = $4, enabled = $5, silences = 0, resting_until = NULL,
           fault = CASE WHEN $5 THEN NULL ELSE fault END
         WHERE id = $1 AND organisation_id = $2`,
        [id, organisationId, body.url, body.topics, body.enabled],
      );
      if (changed[1] === 0) throw new AppError('place.not-found');
      await this.audit(manager, actor, 'change-webhook', id, { ...body });
    });
  }

  /** A new secret signs at once, each one before goes on for a day after it was replaced. */
  async rotate(actor: Actor, organisationId: string, id: string): Promise<WebhookWithSecret> {
    const secret = newWebhookSecret();
    const now = this.clock.now();
    const until = new Date(now.getTime() + OLD_SECRET_MS).toISOString();
    await this.transactions.run(async ({ manager }) => {
      const [row] = await manager.query<Pick<Webhook, 'secrets'>[]>(
        'SELECT secrets FROM webhook WHERE id = $1 AND organisation_id = $2 FOR UPDATE',
        [id, organisationId],
      );
      if (row === undefined) throw new AppError('place.not-found');
      const old = row.secrets
        .filter(({ expiresAt }) => expiresAt === null || new Date(expiresAt) > now)
        .map((one) => ({ ...one, expiresAt: one.expiresAt ?? until }));
      if (old.length >= MOST_SECRETS) throw new AppError('webhook.rotated-often');
      await manager.query('UPDATE webhook SET secrets = $2 WHERE id = $1', [
        id,
        JSON.stringify([this.sealed(secret), ...old]),
      ]);
      await this.audit(manager, actor, 'rotate-webhook-secret', id, {});
    });
    return { ...(await this.find(organisationId, id)), secret };
  }

  async remove(actor: Actor, organisationId: string, id: string): Promise<void> {
    await this.transactions.run(async ({ manager }) => {
      const removed = await manager.query<[unknown[], number]>(
        'DELETE FROM webhook WHERE id = $1 AND organisation_id = $2',
        [id, organisationId],
      );
      if (removed[1] === 0) throw new AppError('place.not-found');
      await this.audit(manager, actor, 'remove-webhook', id, {});
    });
  }

  async deliveries(
    organisationId: string,
    id: string,
    query: WebhookDeliveriesQuery,
  ): Promise<WebhookDeliveriesPage> {
    await this.find(organisationId, id);
    return readWebhookDeliveries(this.transactions.manager, id, query);
  }

  /** Sends a delivery once more, with the same id and body: the receiver tells that it is a copy. */
  async replay(actor: Actor, organisationId: string, id: string, deliveryId: string): Promise<void> {
    await this.find(organisationId, id);
    await this.transactions.run(async ({ manager, afterCommit }) => {
      const queued = await manager.query<[unknown[], number]>(
        `UPDATE webhook_delivery SET status = 'queued', next_attempt_at = $3
         WHERE id = $1 AND webhook_id = $2 AND status IN ('sent', 'failed', 'queued')`,
        [deliveryId, id, this.clock.now()],
      );
      if (queued[1] === 0) throw new AppError('place.not-found');
      // Whoever asks for it has reason to think that the address answers again.
      await manager.query('UPDATE webhook SET resting_until = NULL WHERE id = $1', [id]);
      await this.audit(manager, actor, 'replay-webhook', id, { deliveryId });
      afterCommit(() => this.queue.wake('send-notification', [deliveryId]));
    });
  }

  private async find(organisationId: string, id: string): Promise<WebhookView> {
    const found = (await this.list(organisationId)).find((webhook) => webhook.id === id);
    if (found === undefined) throw new AppError('place.not-found');
    return found;
  }

  private sealed(secret: string): Webhook['secrets'][number] {
    return { sealed: this.box.seal(secret), createdAt: this.clock.now().toISOString(), expiresAt: null };
  }

  private oldUntil(secrets: Webhook['secrets']): string | null {
    const until = secrets[1]?.expiresAt ?? null;
    return until !== null && new Date(until) > this.clock.now() ? until : null;
  }

  /** Names are looked up when they are called; addresses can be refused at once. */
  private checkUrl(text: string): void {
    const url = new URL(text);
    const host = url.hostname.replace(/^\[|\]$/g, '').toLowerCase();
    const allowed = this.config.webhookPrivateHosts;
    if (allowed.includes(host) || allowed.includes(url.host.toLowerCase())) return;
    const local = host === 'localhost' || host.endsWith('.localhost') || host.endsWith('.local');
    if (
      url.protocol !== 'https:' ||
      local ||
      url.username !== '' ||
      (isIP(host) !== 0 && isPrivateAddress(host))
    )
      throw new AppError('webhook.private', {}, [{ field: 'url', message: 'not a public https address' }]);
  }

  private audit(
    manager: EntityManager,
    actor: Actor,
    action: string,
    id: string,
    detail: Record<string, unknown>,
  ): Promise<void> {
    return writeAudit(manager, {
      actorId: actor.personId,
      action,
      subjectKind: 'webhook',
      subjectId: id,
      detail,
    });
  }
}
