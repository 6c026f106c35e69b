import type { EntityManager } from 'typeorm';
import type { WebhookDeliveriesPage, WebhookDeliveriesQuery } from '#libs/contracts/notifications/places.js';

type View = WebhookDeliveriesPage['rows'][number];
type Row = Omit<View, 'createdAt' | 'nextAttemptAt'> & {
  readonly createdAt: Date;
  readonly nextAttemptAt: Date;
};

/** A page of what was sent to a webhook, newest first, with every try. */
export async function readWebhookDeliveries(
  manager: EntityManager,
  webhookId: string,
  { page, pageSize }: WebhookDeliveriesQuery,
): Promise<WebhookDeliveriesPage> {
  const [count] = await manager.query<{ total: number }[]>(
    'SELECT count(*)::int AS total FROM webhook_delivery WHERE webhook_id = $1',
    [webhookId],
  );
  const rows = await manager.query<Row[]>(
    `SELECT d.id, d.topic, d.status, d.body, d.created_at AS "createdAt", d.next_attempt_at AS "nextAttemptAt",
       coalesce((SELECT jsonb_agg(jsonb_build_object('attemptNo', a.attempt_no, 'at', a.at, 'status', a.status,
                   'answer', a.answer, 'durationMs', a.duration_ms) ORDER BY a.attempt_no)
                 FROM webhook_attempt a WHERE a.delivery_id = d.id), '[]') AS tries
     FROM webhook_delivery d WHERE d.webhook_id = $1 ORDER BY d.id DESC LIMIT $2 OFFSET $3`,
    [webhookId, pageSize, (page - 1) * pageSize],
  );
  const views = rows.map((row) => ({
    ...row,
    createdAt: row.createdAt.toISOString(),
    nextAttemptAt: row.status === 'queued' ? row.nextAttemptAt.toISOString() : null,
  }));
  return { rows: views, total: count?.total ?? 0, page, pageSize };
}
