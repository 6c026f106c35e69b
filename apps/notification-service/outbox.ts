import { Injectable } from '@nestjs/common';
import { Transactions } from '#libs/platform/database/transactions.js';
import type { AcceptedEntry } from './accepted-journal.js';
import type { ComposedMail, OutgoingNotification } from './outgoing-notification.js';
import { hasEnded, PROCESS_IDENTITY, PROCESS_PLACE } from './process-identity.js';

/**
 * A row that is being sent belongs to its process for so long after the last sign of life; afterwards another takes it.
 * Short, so that a mail waits half a minute at most for a machine that is gone; a slow mail server does not outlast it,
 * because the process renews it meanwhile. A process that ended on the same machine is noticed at once.
 */
const LEASE_MS = 30_000;
export const RENEW_LEASE_MS = 10_000;
const RESPONSE_LENGTH = 1000;

/**
 * No earlier row of the same stream waits: a CANCEL never overtakes its REQUEST. Written so that it is looked up row by
 * row; as NOT EXISTS it becomes a join over everything that waits, for every batch anew. So are the other conditions.
 */
const FIRST_OF_STREAM = `n.id = (
  SELECT first.id FROM notification first WHERE first.stream_key = n.stream_key
    AND first.status = 'queued' ORDER BY first.id LIMIT 1)`;

/**
 * Nobody is sending the row. What this process ($4) still has in hand ($5) is never taken a second time, however long it
 * was asleep or its clock jumped.
 */
const NOT_IN_HAND = `(SELECT count(*) FROM delivery_attempt a WHERE a.notification_id = n.id
    AND (a.held_until > $1 OR a.held_by = $4 AND a.notification_id = ANY($5::uuid[]))) = 0`;

/**
 * Takes the rows of `due` by noting their attempts: $1 now, $2 most, $3 end of the lease, $4 who, $5 what it has in hand.
 * The rows themselves are wide and have many indexes: they change only when it is known what became of the try. Two
 * processes that read the same row want to note the same number, and one of them succeeds.
 */
const taking = (due: string): string => `
  WITH due AS (
    SELECT n.id, n.next_attempt_at FROM notification n
    WHERE n.status = 'queued' AND n.next_attempt_at <= $1 AND ${NOT_IN_HAND} AND ${due}
    ORDER BY n.next_attempt_at, n.id LIMIT $2 FOR NO KEY UPDATE OF n SKIP LOCKED
  ), taken AS (
    INSERT INTO delivery_attempt (notification_id, attempt_no, started_at, held_by, held_until)
    SELECT id, (SELECT coalesce(max(a.attempt_no), 0) + 1 FROM delivery_attempt a WHERE a.notification_id = due.id), $1, $4, $3
    FROM due ON CONFLICT DO NOTHING RETURNING notification_id AS id, attempt_no AS attempts
  )
  SELECT n.id, n.stream_key AS "streamKey", n.topic, n.channel, n.person_id AS "personId", n.to_address AS "toAddress",
    n.to_name AS "toName", n.locale, n.payload, n.method, n.invitation::text, t.attempts, n.message_id AS "messageId",
    n.event_id AS "eventId", n.endpoint_id AS "endpointId", n.merges, n.slot_at AS "slotAt", n.calendar_object_id AS "calendarObjectId",
    replace(c.reply_key::text, '-', '') AS "replyKey", c.thread_id AS "threadId",
    CASE WHEN n.method = 'REQUEST' THEN (SELECT a.answer FROM calendar_answer a
      WHERE a.calendar_object_id = c.id AND a.instance IS NULL AND a.sequence >= c.asked_sequence
      ORDER BY a.sequence DESC, a.stated_at DESC, a.id DESC LIMIT 1) END AS answer,
    e.programme_id AS "programmeId"
  FROM taken t JOIN notification n ON n.id = t.id
  LEFT JOIN calendar_object c ON c.id = n.calendar_object_id LEFT JOIN event e ON e.id = n.event_id`;

/** No later try of the row was begun. */
const lastTry = (attempt: string): string =>
  `(SELECT count(*) FROM delivery_attempt later WHERE later.notification_id = n.id AND later.attempt_no > ${attempt}) = 0`;

const CLAIM = taking(`${FIRST_OF_STREAM}
  AND (SELECT count(*) FROM notification_unspread u WHERE u.notification_id = n.id) = 0
  AND NOT (n.channel = 'mail' AND lower(split_part(n.to_address, '@', 2)) = ANY($6)) AND n.channel <> ALL($7)`);
const CLAIM_FOLLOWERS = taking('n.merges AND n.stream_key = $6 AND n.id > $7');

/**
 * Due rows are read in the order of their index until there are enough, and rows in hand by their keys. What the planner
 * knows of a table that has just been filled or emptied makes it read and sort everything that waits instead, for every
 * batch anew.
 */
const IN_ORDER = 'SET LOCAL enable_sort = off; SET LOCAL enable_bitmapscan = off';
const BY_KEYS = `SET LOCAL enable_hashjoin = off; SET LOCAL enable_mergejoin = off; SET LOCAL enable_bitmapscan = off;
  SET LOCAL enable_seqscan = off`;

/** Nobody waits for a message again that came late when what it invites to is called off already. */
const OVERTAKEN = `(SELECT count(*) FROM notification later WHERE later.stream_key = n.stream_key AND later.status = 'queued'
    AND later.method = 'CANCEL' AND later.id > n.id) > 0`;

/** Of a try that is not the row's last any more only the try is noted. */
const SETTLE = `
  WITH done AS (
    SELECT * FROM unnest($1::uuid[], $2::int[], $3::text[], $4::text[], $5::text[], $6::timestamptz[], $7::timestamptz[])
      AS d(id, attempt, status, outcome, response, at, next_at)
  ), noted AS (
    UPDATE delivery_attempt a SET finished_at = d.at, outcome = d.outcome, response = d.response, held_until = NULL
    FROM done d WHERE a.notification_id = d.id AND a.attempt_no = d.attempt
  )
  UPDATE notification n SET attempts = d.attempt, next_attempt_at = d.next_at, slot_at = NULL,
    status = CASE WHEN d.status = 'queued' AND ${OVERTAKEN} THEN 'cancelled' ELSE d.status END,
    sent_at = CASE WHEN d.status = 'sent' THEN d.at END, last_error = CASE WHEN d.status <> 'sent' THEN d.response END
  FROM done d WHERE n.id = d.id AND n.status = 'queued' AND ${lastTry('d.attempt')}`;

/** What became of a try. */
export interface Settlement {
  readonly row: OutgoingNotification;
  readonly status: 'sent' | 'failed' | 'queued';
  /** null = unknown. */
  readonly outcome: 'accepted' | 'deferred' | 'refused' | null;
  readonly response: string;
  readonly at: Date;
  /** When the row is due again; only of status `queued`. */
  readonly retryAt?: Date;
  /** For an installation without a mail server: goes into the mailbox with the row's new state, never twice. */
  readonly mail?: ComposedMail;
}

/** The rows of the outbox and their transitions. Every write is guarded by the state and the attempt it belongs to. */
@Injectable()
export class Outbox {
  /** Rows that were taken here and of which it is not yet written what became of them, and with which they are sent. */
  private readonly held = new Map<string, { readonly attempts: number; readonly sentWith: string }>();

  constructor(private readonly transactions: Transactions) {}

  /** How many rows are in hand. */
  inHand(): number {
    return this.held.size;
  }

  /** Whether nothing is in hand. */
  isIdle(): boolean {
    return this.held.size === 0;
  }

  /** It is written what became of the tries. */
  letGo(rows: readonly OutgoingNotification[]): void {
    for (const { id, attempts } of rows) if (this.held.get(id)?.attempts === attempts) this.held.delete(id);
  }

  /** Leaves a row, and those that were taken to be sent with it, to their leases. */
  abandon(row: OutgoingNotification): void {
    for (const [id, { sentWith }] of this.held) if (sentWith === row.id) this.held.delete(id);
  }

  /**
   * Takes rows that are due, or whose process died, each the first of its stream, and notes the attempts; committed
   * before anything is sent. Mail to `pausedDomains` and the channels `notOn` are left alone.
   */
  async claim(
    limit: number,
    now: Date,
    pausedDomains: readonly string[],
    { notOn = [] }: { readonly notOn?: readonly string[] } = {},
  ): Promise<OutgoingNotification[]> {
    const until = new Date(now.getTime() + LEASE_MS);
    const held = [...this.held.keys()];
    const rows = await this.transactions.run(async ({ manager }) => {
      await manager.query(IN_ORDER);
      return manager.query<OutgoingNotification[]>(CLAIM, [
        now,
        limit,
        until,
        PROCESS_IDENTITY,
        held,
        pausedDomains,
        notOn,
      ]);
    });
    for (const { id, attempts } of rows) this.held.set(id, { attempts, sentWith: id });
    return rows.sort(byAge);
  }

  /** Takes later rows of the stream of a row that was claimed, to be sent together with it. */
  async claimFollowers(row: OutgoingNotification, most: number, now: Date): Promise<OutgoingNotification[]> {
    if (!row.merges) return [];
    const until = new Date(now.getTime() + LEASE_MS);
    const parameters = [now, most, until, PROCESS_IDENTITY, [...this.held.keys()], row.streamKey, row.id];
    const rows = await this.transactions.manager.query<OutgoingNotification[]>(CLAIM_FOLLOWERS, parameters);
    for (const { id, attempts } of rows) this.held.set(id, { attempts, sentWith: row.id });
    return rows.sort(byAge);
  }

  /** Keeps the rows that are in hand. */
  async renew(now: Date): Promise<void> {
    if (this.isIdle()) return;
    await this.transactions.manager.query(
      `UPDATE delivery_attempt SET held_until = $2
       WHERE notification_id = ANY($1) AND held_by = $3 AND held_until IS NOT NULL`,
      [[...this.held.keys()], new Date(now.getTime() + LEASE_MS), PROCESS_IDENTITY],
    );
  }

  /** Writes that messages were accepted whose process ended before it could. */
  async settleAccepted(entries: readonly AcceptedEntry[]): Promise<void> {
    if (entries.length === 0) return;
    const at = entries.map((entry) => entry.at);
    await this.transactions.manager.query(SETTLE, [
      entries.map((entry) => entry.id),
      entries.map((entry) => entry.attempts),
      entries.map(() => 'sent'),
      entries.map(() => 'accepted'),
      entries.map((entry) => entry.response),
      at,
      at,
    ]);
  }

  /** Frees rows whose process ended on this machine: nobody is sending them any more. */
  async releaseEnded(now: Date): Promise<void> {
    const held: { id: string; holder: string }[] = await this.transactions.manager.query(
      `SELECT n.id, a.held_by AS holder FROM notification n JOIN delivery_attempt a ON a.notification_id = n.id
       WHERE n.status = 'queued' AND n.next_attempt_at <= $1 AND a.held_until > $1
         AND starts_with(a.held_by, $2) AND a.held_by <> $3`,
      [now, PROCESS_PLACE, PROCESS_IDENTITY],
    );
    const ended = [...new Set(held.map((row) => row.holder))].filter(hasEnded);
    if (ended.length === 0) return;
    await this.transactions.manager.query(
      'UPDATE delivery_attempt SET held_until = NULL WHERE notification_id = ANY($1) AND held_by = ANY($2)',
      [held.map((row) => row.id), ended],
    );
  }

  /** Writes what became of tries, all at once. */
  settle(settlements: readonly Settlement[]): Promise<void> {
    const column = <Value>(of: (one: Settlement) => Value): Value[] => settlements.map(of);
    const parameters = [
      column((one) => one.row.id),
      column((one) => one.row.attempts),
      column((one) => one.status),
      column((one) => one.outcome),
      column((one) => one.response.slice(0, RESPONSE_LENGTH)),
      column((one) => one.at),
      column((one) => one.retryAt ?? one.at),
    ];
    const mails = settlements.flatMap(({ row, mail, at }) => (mail === undefined ? [] : [{ row, mail, at }]));
    return this.transactions.run(async ({ manager }) => {
      if (mails.length > 0) {
        await manager.query(
          `INSERT INTO mailbox_message (notification_id, to_address, subject, raw, received_at)
           SELECT * FROM unnest($1::uuid[], $2::text[], $3::text[], $4::bytea[], $5::timestamptz[])
           ON CONFLICT (notification_id) DO NOTHING`,
          [
            mails.map(({ row }) => row.id),
            mails.map(({ row }) => row.toAddress),
            mails.map(({ mail }) => mail.subject),
            mails.map(({ mail }) => mail.raw),
            mails.map(({ at }) => at),
          ],
        );
      }
      await manager.query(BY_KEYS);
      await manager.query(SETTLE, parameters);
    });
  }

  /** Gives rows back that nobody tried to send; the tries that were noted for them never took place. */
  giveBack(
    rows: readonly { readonly row: OutgoingNotification; readonly at: Date; readonly slot?: Date }[],
  ): Promise<void> {
    return this.transactions.run(async ({ manager }) => {
      const ids = rows.map(({ row }) => row.id);
      const attempts = rows.map(({ row }) => row.attempts);
      await manager.query(
        `DELETE FROM delivery_attempt a USING unnest($1::uuid[], $2::int[]) AS d(id, attempt)
         WHERE a.notification_id = d.id AND a.attempt_no = d.attempt AND a.outcome IS NULL`,
        [ids, attempts],
      );
      await manager.query(
        `UPDATE notification n SET next_attempt_at = d.at, slot_at = coalesce(d.slot, n.slot_at)
         FROM unnest($1::uuid[], $2::int[], $3::timestamptz[], $4::timestamptz[]) AS d(id, attempt, at, slot)
         WHERE n.id = d.id AND n.status = 'queued' AND n.next_attempt_at <> d.at AND ${lastTry('d.attempt - 1')}`,
        [ids, attempts, rows.map(({ at }) => at), rows.map(({ slot }) => slot ?? null)],
      );
    });
  }
}

/** Ids of later rows are greater (uuidv7). */
function byAge(one: OutgoingNotification, other: OutgoingNotification): number {
  return one.id < other.id ? -1 : 1;
}
