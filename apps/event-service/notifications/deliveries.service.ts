import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AppError } from '#libs/contracts/app-error.js';
import type {
  DeliveriesPage,
  DeliveriesQuery,
  RetryDeliveriesBody,
  RetryDeliveriesReport,
} from '#libs/contracts/notifications/deliveries.js';
import type { Actor } from '#libs/domain/access/actor.js';
import { writeAudit } from '#libs/persistence/audit/write-audit.js';
import { Clock } from '#libs/platform/clock.js';
import { Transactions } from '#libs/platform/database/transactions.js';
import { JobQueue } from '#libs/platform/queue/job-queue.js';
import { filterOf, readDeliveries } from './delivery-rows.js';
import { retryFailed } from './retry-failed.js';
import { shownStatus } from './shown-status.js';

interface LockedRow {
  readonly status: string;
  readonly topic: string;
  readonly streamKey: string;
}

/** The delivery log and what organizers can do with a row. */
@Injectable()
export class DeliveriesService {
  constructor(
    private readonly transactions: Transactions,
    private readonly clock: Clock,
    private readonly queue: JobQueue,
  ) {}

  list(query: DeliveriesQuery): Promise<DeliveriesPage> {
    return readDeliveries(this.transactions.manager, query, this.clock.now());
  }

  /** Puts a failed mail back into the queue, unless its stream has gone on without it. */
  retry(actor: Actor, id: string): Promise<void> {
    return this.transactions.run(async ({ manager, afterCommit }) => {
      const row = await lock(manager, id, this.clock.now());
      if (row.status !== 'failed') throw new AppError('delivery.not-failed');
      if (await isSuperseded(manager, id, this.clock.now())) throw new AppError('delivery.superseded');
      await manager.query("UPDATE notification SET status = 'queued', next_attempt_at = $2 WHERE id = $1", [
        id,
        this.clock.now(),
      ]);
      await this.audit(manager, actor, 'retry-notification', id, row);
      afterCommit(() => this.queue.wake('send-notification', [id]));
    });
  }

  /** The same of all that failed, of an event or of all. */
  retryAll(actor: Actor, query: RetryDeliveriesBody): Promise<RetryDeliveriesReport> {
    return this.transactions.run(async ({ manager, afterCommit }) => {
      const { ids, left } = await retryFailed(manager, filterOf(query), this.clock.now());
      if (ids.length > 0)
        await writeAudit(manager, {
          actorId: actor.personId,
          action: 'retry-notifications',
          subjectKind: query.eventId === null ? 'notification' : 'event',
          subjectId: query.eventId,
          detail: { count: ids.length, topics: query.topic, channels: query.channel },
        });
      afterCommit(() => this.queue.wake('send-notification', ids));
      return { queued: ids.length, left };
    });
  }

  /** Takes a waiting or failed mail out of the queue for good; later mails of its stream go on. */
  cancel(actor: Actor, id: string): Promise<void> {
    return this.transactions.run(async ({ manager, afterCommit }) => {
      const row = await lock(manager, id, this.clock.now());
      if (row.status !== 'queued' && row.status !== 'failed') throw new AppError('delivery.not-cancellable');
      await manager.query("UPDATE notification SET status = 'cancelled' WHERE id = $1", [id]);
      await this.audit(manager, actor, 'cancel-notification', id, row);
      const next: { id: string }[] = await manager.query(
        `SELECT id FROM notification WHERE stream_key = $1 AND id > $2 AND status = 'queued' ORDER BY id LIMIT 1`,
        [row.streamKey, id],
      );
      afterCommit(() =>
        this.queue.wake(
          'send-notification',
          next.map((one) => one.id),
        ),
      );
    });
  }

  private audit(
    manager: EntityManager,
    actor: Actor,
    action: string,
    id: string,
    row: LockedRow,
  ): Promise<void> {
    return writeAudit(manager, {
      actorId: actor.personId,
      action,
      subjectKind: 'notification',
      subjectId: id,
      detail: { topic: row.topic, from: row.status },
    });
  }
}

async function lock(manager: EntityManager, id: string, now: Date): Promise<LockedRow> {
  // Whoever takes rows locks them too: only a second statement sees a try that was begun while this one waited.
  await manager.query('SELECT FROM notification WHERE id = $1 FOR UPDATE', [id]);
  const rows: LockedRow[] = await manager.query(
    `SELECT ${shownStatus('n', '$2')} AS status, n.topic, n.stream_key AS "streamKey" FROM notification n WHERE n.id = $1`,
    [id, now],
  );
  const row = rows[0];
  if (row === undefined) throw new AppError('delivery.not-found');
  return row;
}

/** Whether the stream has gone on. No index holds what is long sent by stream: what was written since is looked through. */
async function isSuperseded(manager: EntityManager, id: string, now: Date): Promise<boolean> {
  const [row] = await manager.query<[{ superseded: boolean }]>(
    `SELECT EXISTS (SELECT FROM notification later WHERE later.id > n.id AND later.stream_key = n.stream_key
       AND ${shownStatus('later', '$2')} IN ('sending', 'sent')) AS superseded
     FROM notification n WHERE n.id = $1`,
    [id, now],
  );
  return row.superseded;
}
