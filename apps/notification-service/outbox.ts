import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Transactions } from '#libs/platform/database/transactions.js';
import type { ComposedMail, OutgoingNotification } from './outgoing-notification.js';

/**
 * A row that is being sent belongs to its worker for so long after the last sign of life; afterwards the sweep gives it
 * to another. Short, so that a mail waits half a minute at most for a worker that died; a slow mail server does not
 * outlast it, because the worker renews it meanwhile.
 */
const LEASE_MS = 30_000;
export const RENEW_LEASE_MS = 10_000;
const SWEEP_ROWS = 500;
const RESPONSE_LENGTH = 1000;

/** No earlier row of the same stream waits: a CANCEL never overtakes its REQUEST. */
const FIRST_OF_STREAM = `NOT EXISTS (
  SELECT 1 FROM notification earlier WHERE earlier.stream_key = n.stream_key AND earlier.id < n.id
    AND earlier.status IN ('queued', 'sending'))`;
const DUE = `n.status IN ('queued', 'sending') AND n.next_attempt_at <=`;

/** The rows of the outbox and their transitions. Every write is guarded by the state and the attempt it belongs to. */
@Injectable()
export class Outbox {
  constructor(private readonly transactions: Transactions) {}

  /**
   * Takes a row that is due, or whose worker died, and notes the attempt; committed before anything is sent. Null when
   * there is nothing to do or an earlier row of the stream comes first.
   */
  claim(id: string, now: Date): Promise<OutgoingNotification | null> {
    return this.transactions.run(async ({ manager }) => {
      const [rows]: [OutgoingNotification[], number] = await manager.query(
        `UPDATE notification n SET status = 'sending', attempts = attempts + 1, next_attempt_at = $3
         WHERE n.id = $1 AND ${DUE} $2 AND ${FIRST_OF_STREAM}
         RETURNING n.id, n.stream_key AS "streamKey", n.topic, n.to_address AS "toAddress", n.to_name AS "toName",
           n.locale, n.payload, n.method, n.invitation, n.attempts, n.message_id AS "messageId",
           (SELECT thread_id FROM calendar_object WHERE id = n.calendar_object_id) AS "threadId"`,
        [id, now, new Date(now.getTime() + LEASE_MS)],
      );
      const row = rows[0];
      if (row === undefined) return null;
      await manager.query(
        'INSERT INTO delivery_attempt (notification_id, attempt_no, started_at) VALUES ($1, $2, $3)',
        [row.id, row.attempts, now],
      );
      return row;
    });
  }

  /** Keeps a row that is still being sent. */
  async renew(row: OutgoingNotification, now: Date): Promise<void> {
    await this.transactions.manager.query(
      `UPDATE notification SET next_attempt_at = $3 WHERE id = $1 AND status = 'sending' AND attempts = $2`,
      [row.id, row.attempts, new Date(now.getTime() + LEASE_MS)],
    );
  }

  /** Puts the mail into the mailbox and marks the row sent, at once: never twice, never half. */
  deliverToMailbox(row: OutgoingNotification, mail: ComposedMail, now: Date): Promise<void> {
    return this.transactions.run(async ({ manager }) => {
      await manager.query(
        `INSERT INTO mailbox_message (notification_id, to_address, subject, raw, received_at)
         VALUES ($1, $2, $3, $4, $5) ON CONFLICT (notification_id) DO NOTHING`,
        [row.id, row.toAddress, mail.subject, mail.raw, now],
      );
      await this.finish(manager, row, { status: 'sent', outcome: 'accepted', response: 'mailbox', at: now });
    });
  }

  markSent(row: OutgoingNotification, response: string, now: Date): Promise<void> {
    return this.transactions.run(({ manager }) =>
      this.finish(manager, row, { status: 'sent', outcome: 'accepted', response, at: now }),
    );
  }

  markFailed(row: OutgoingNotification, response: string, now: Date): Promise<void> {
    return this.transactions.run(({ manager }) =>
      this.finish(manager, row, { status: 'failed', outcome: 'refused', response, at: now }),
    );
  }

  /** Back to the queue until `retryAt`; null = that was the last try. */
  defer(row: OutgoingNotification, response: string, now: Date, retryAt: Date | null): Promise<void> {
    const status = retryAt === null ? 'failed' : 'queued';
    return this.transactions.run(({ manager }) =>
      this.finish(manager, row, { status, outcome: 'deferred', response, at: now, retryAt }),
    );
  }

  /** Rows to offer to the queue again: due, or left behind by a worker that died. */
  async due(now: Date): Promise<string[]> {
    const rows: { id: string }[] = await this.transactions.manager.query(
      `SELECT n.id FROM notification n WHERE ${DUE} $1 AND ${FIRST_OF_STREAM}
       ORDER BY n.next_attempt_at, n.id LIMIT ${SWEEP_ROWS}`,
      [now],
    );
    return rows.map((row) => row.id);
  }

  async nextOfStream(row: OutgoingNotification, now: Date): Promise<string[]> {
    const rows: { id: string }[] = await this.transactions.manager.query(
      `SELECT n.id FROM notification n WHERE n.stream_key = $1 AND ${DUE} $2 AND ${FIRST_OF_STREAM} LIMIT 1`,
      [row.streamKey, now],
    );
    return rows.map((next) => next.id);
  }

  private async finish(
    manager: EntityManager,
    row: OutgoingNotification,
    end: {
      readonly status: 'sent' | 'failed' | 'queued';
      readonly outcome: 'accepted' | 'deferred' | 'refused';
      readonly response: string;
      readonly at: Date;
      readonly retryAt?: Date | null;
    },
  ): Promise<void> {
    const response = end.response.slice(0, RESPONSE_LENGTH);
    await manager.query(
      `UPDATE delivery_attempt SET finished_at = $3, outcome = $4, response = $5
       WHERE notification_id = $1 AND attempt_no = $2`,
      [row.id, row.attempts, end.at, end.outcome, response],
    );
    await manager.query(
      `UPDATE notification SET status = $3, sent_at = $4, last_error = $5, next_attempt_at = $6
       WHERE id = $1 AND status = 'sending' AND attempts = $2`,
      [
        row.id,
        row.attempts,
        end.status,
        end.status === 'sent' ? end.at : null,
        end.status === 'sent' ? null : response,
        end.retryAt ?? end.at,
      ],
    );
  }
}
