import type { EntityManager } from 'typeorm';
import type {
  DeliveriesPage,
  DeliveriesQuery,
  DeliveryStatus,
  DeliveryView,
} from '#libs/contracts/notifications/deliveries.js';
import { countUnwritten } from '#libs/persistence/notifications/invitation-backlog.js';
import { shownStatus } from './shown-status.js';

/** Of {@link filterOf}, aliased n. */
export const FILTER = `
  ($1::uuid IS NULL OR n.event_id = $1) AND (cardinality($2::text[]) = 0 OR n.topic = ANY($2))
  AND ($3::text IS NULL OR n.to_address ILIKE $3 OR n.to_name ILIKE $3 OR n.last_error ILIKE $3)
  AND (cardinality($4::text[]) = 0 OR n.channel = ANY($4))`;

const STATUS = shownStatus('n', '$5');

/** Parameters 1 to 4 of {@link FILTER}. */
export function filterOf({ q, eventId, topic, channel }: DeliveryFilter): unknown[] {
  const like = q ? `%${q.replace(/[\\%_]/g, '\\$&')}%` : null;
  return [eventId ?? null, topic, like, channel];
}

interface DeliveryFilter {
  readonly q?: string | undefined;
  readonly eventId?: string | null | undefined;
  readonly topic: readonly string[];
  readonly channel: readonly string[];
}

type Row = Omit<DeliveryView, 'createdAt' | 'sentAt' | 'nextAttemptAt'> & {
  createdAt: Date;
  sentAt: Date | null;
  nextAttemptAt: Date;
};

/** A page of the delivery log with the tries of each row, newest first. Three queries, whatever the number of rows. */
export async function readDeliveries(
  manager: EntityManager,
  query: DeliveriesQuery,
  now: Date,
): Promise<DeliveriesPage> {
  const { page, pageSize, status } = query;
  const filter = filterOf(query);
  const counted: { status: DeliveryStatus; count: number }[] = await manager.query(
    `SELECT ${STATUS} AS status, count(*)::int AS count FROM notification n WHERE ${FILTER} GROUP BY 1`,
    [...filter, now],
  );
  const counts: Record<DeliveryStatus, number> = { queued: 0, sending: 0, sent: 0, failed: 0, cancelled: 0 };
  for (const row of counted) counts[row.status] = row.count;
  const rows: Row[] = await manager.query(
    `SELECT n.id, n.topic, n.channel, ${STATUS} AS status, n.to_address AS "toAddress", n.to_name AS "toName", n.method, n.sequence,
       n.last_error AS "lastError", n.created_at AS "createdAt", n.sent_at AS "sentAt",
       n.next_attempt_at AS "nextAttemptAt",
       CASE WHEN e.id IS NOT NULL THEN jsonb_build_object('id', e.id, 'title', e.title) END AS event,
       CASE WHEN n.payload->>'kind' = 'meeting' THEN n.payload->>'summary' END AS meeting,
       coalesce((SELECT jsonb_agg(jsonb_build_object('attemptNo', a.attempt_no, 'startedAt', a.started_at,
                   'finishedAt', a.finished_at, 'outcome', a.outcome, 'response', a.response) ORDER BY a.attempt_no)
                 FROM delivery_attempt a WHERE a.notification_id = n.id), '[]') AS tries
     FROM notification n LEFT JOIN event e ON e.id = n.event_id
     WHERE ${FILTER} AND (cardinality($6::text[]) = 0 OR ${STATUS} = ANY($6))
     ORDER BY n.id DESC LIMIT $7 OFFSET $8`,
    [...filter, now, status, pageSize, (page - 1) * pageSize],
  );
  const wanted = Object.entries(counts).filter(
    ([s]) => status.length === 0 || status.includes(s as DeliveryStatus),
  );
  const total = wanted.reduce((sum, [, count]) => sum + count, 0);
  const unwritten = await countUnwritten(manager, query.eventId ?? null);
  return { rows: rows.map(toView), total, page, pageSize, counts, unwritten };
}

function toView(row: Row): DeliveryView {
  return {
    ...row,
    createdAt: row.createdAt.toISOString(),
    sentAt: row.sentAt?.toISOString() ?? null,
    nextAttemptAt: row.status === 'queued' ? row.nextAttemptAt.toISOString() : null,
  };
}
