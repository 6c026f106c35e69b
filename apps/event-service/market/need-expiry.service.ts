import { Injectable } from '@nestjs/common';
import { isOrganizer, type Actor } from '#libs/domain/access/actor.js';
import { isNeedExpired } from '#libs/domain/market/need-expiry.js';
import { shanghaiDay } from '#libs/domain/time/shanghai-time.js';
import { writeAudit } from '#libs/persistence/audit/write-audit.js';
import { loadRecord } from '#libs/persistence/market/load-record.js';
import { queueMatchRun } from '#libs/persistence/matching/queue-match-run.js';
import { Clock } from '#libs/platform/clock.js';
import { Transactions } from '#libs/platform/database/transactions.js';
import { JobQueue } from '#libs/platform/queue/job-queue.js';
import { mailAuthors } from './mail-authors.js';
import { refuseExpired } from './check-fields.js';
import { demandAction, incomplete, notFound } from './market-kind.js';

/** So many needs leave in one sweep; the next takes the rest. */
const BATCH = 200;

/** Needs leave the market after their last day, and come back when somebody extends them. */
@Injectable()
export class NeedExpiry {
  constructor(
    private readonly transactions: Transactions,
    private readonly queue: JobQueue,
    private readonly clock: Clock,
  ) {}

  /** One transaction per need; one that changed meanwhile is left alone. */
  async sweep(): Promise<void> {
    const due: { id: string }[] = await this.transactions.manager.query(
      "SELECT id FROM need WHERE status = 'published' AND expires_at < $1 ORDER BY expires_at, id LIMIT $2",
      [shanghaiDay(this.clock.now()), BATCH],
    );
    for (const { id } of due) await this.expire(id);
  }

  private async expire(id: string): Promise<void> {
    await this.transactions.run(async ({ manager, afterCommit }) => {
      const need = await loadRecord(manager, 'need', id, true);
      const now = this.clock.now();
      if (need?.status !== 'published' || !isNeedExpired(need.expiresAt, now)) return;
      await manager.query("UPDATE need SET status = 'expired', updated_at = $2 WHERE id = $1", [id, now]);
      await writeAudit(manager, {
        actorId: null,
        action: 'expire-need',
        subjectKind: 'need',
        subjectId: id,
        detail: { from: need.status, to: 'expired', expiresAt: need.expiresAt },
      });
      const mails = await mailAuthors(manager, 'need', need, {
        topic: 'need-expired',
        // Extended and expired again, it is another occasion.
        occasion: `${id}:${need.version}`,
        words: { expiresAt: need.expiresAt },
      });
      afterCommit(() => this.queue.wake('send-notification', mails));
    });
  }

  /** Back onto the market until `expiresAt`, without another review: it was reviewed when it was published. */
  async extend(actor: Actor, id: string, expiresAt: string): Promise<void> {
    await this.transactions.run(async ({ manager, afterCommit }) => {
      const need = await loadRecord(manager, 'need', id, true);
      if (need === null) throw notFound('need');
      demandAction('need', actor, need, 'extend');
      const now = this.clock.now();
      refuseExpired(expiresAt, now);
      // Organizers publish what is incomplete, others may have emptied a field since.
      if (need.missing.length > 0 && !isOrganizer(actor)) throw incomplete(need.missing);
      await manager.query(
        "UPDATE need SET status = 'published', expires_at = $2, version = version + 1, updated_at = $3 WHERE id = $1",
        [id, expiresAt, now],
      );
      await writeAudit(manager, {
        actorId: actor.personId,
        action: 'extend-need',
        subjectKind: 'need',
        subjectId: id,
        detail: { from: need.status, to: 'published', expiresAt },
      });
      const run = await queueMatchRun(manager, {
        scope: 'need',
        subjectId: id,
        requestedBy: actor.personId,
      });
      if (run !== null) afterCommit(() => this.queue.wake('run-match', [run]));
    });
  }
}
