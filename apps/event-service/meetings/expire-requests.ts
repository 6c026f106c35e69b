import { Injectable } from '@nestjs/common';
import { Clock } from '#libs/platform/clock.js';
import { Transactions } from '#libs/platform/database/transactions.js';
import { JobQueue } from '#libs/platform/queue/job-queue.js';
import { REQUEST_ROWS, tellOf, type RequestRow } from './request-rows.js';

/** Ends requests and offers that nobody answered in time, and tells both sides of requests. */
@Injectable()
export class ExpireRequests {
  constructor(
    private readonly transactions: Transactions,
    private readonly clock: Clock,
    private readonly queue: JobQueue,
  ) {}

  async sweep(): Promise<void> {
    await this.transactions.run(async ({ manager, afterCommit }) => {
      const now = this.clock.now();
      await manager.query(
        "UPDATE slot_offer SET status = 'expired' WHERE status = 'open' AND expires_at <= $1",
        [now],
      );
      const [due] = await manager.query<[{ id: string }[], number]>(
        `UPDATE meeting_request SET status = 'expired', updated_at = $1 WHERE id IN
           (SELECT id FROM meeting_request WHERE status = 'open' AND answer_by <= $1 ORDER BY id FOR UPDATE SKIP LOCKED)
         RETURNING id`,
        [now],
      );
      if (due.length === 0) return;
      const rows = await manager.query<RequestRow[]>(`${REQUEST_ROWS} WHERE q.id = ANY($1) ORDER BY q.id`, [
        due.map(({ id }) => id),
      ]);
      const mails: string[] = [];
      for (const row of rows) {
        for (const side of ['from', 'to'] as const)
          mails.push(...(await tellOf(manager, row, side, 'expired', now)));
      }
      afterCommit(() => this.queue.wake('send-notification', mails));
    });
  }
}
