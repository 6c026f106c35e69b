import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AppError } from '#libs/contracts/app-error.js';
import type {
  InboundMailDetail,
  InboundMailsPage,
  InboundMailsQuery,
  InboundMailView,
} from '#libs/contracts/notifications/inbound.js';
import type { Actor } from '#libs/domain/access/actor.js';
import { writeAudit } from '#libs/persistence/audit/write-audit.js';
import { Clock } from '#libs/platform/clock.js';
import { Transactions } from '#libs/platform/database/transactions.js';
import { JobQueue } from '#libs/platform/queue/job-queue.js';

type Row = Omit<InboundMailView, 'receivedAt' | 'settledAt'> & {
  readonly receivedAt: Date;
  readonly settledAt: Date | null;
};

const COLUMNS = `m.id, m.source, m.received_at AS "receivedAt", m.from_address AS "fromAddress",
  m.from_name AS "fromName", m.subject, m.size, m.status, m.outcome, m.reason,
  CASE WHEN e.id IS NOT NULL THEN jsonb_build_object('id', e.id, 'title', e.title) END AS event, p.name AS attendee,
  m.settlement, m.settled_at AS "settledAt"`;
const TABLES = `inbound_mail m LEFT JOIN event e ON e.id = m.event_id
  LEFT JOIN calendar_object c ON c.id = m.calendar_object_id LEFT JOIN person p ON p.id = c.person_id`;
const OPEN = "m.outcome = 'quarantine' AND m.settlement IS NULL";
const FILTER = `($1::text[] = '{}' OR m.outcome = ANY($1)) AND ($2::uuid IS NULL OR m.event_id = $2)
  AND ($3::text IS NULL OR ((${OPEN}) = ($3 = 'true')))
  AND ($4::text IS NULL OR concat_ws(' ', m.from_address, m.from_name, m.subject) ILIKE '%' || $4 || '%')`;

/** The log of mails that came in, and what organizers do with those that nobody could decide. */
@Injectable()
export class InboundMailsService {
  constructor(
    private readonly transactions: Transactions,
    private readonly clock: Clock,
    private readonly queue: JobQueue,
  ) {}

  async list(query: InboundMailsQuery): Promise<InboundMailsPage> {
    const { manager } = this.transactions;
    const pattern = query.q?.replace(/[\\%_]/g, '\\$&') ?? null;
    const filter = [query.outcome, query.eventId ?? null, query.open ?? null, pattern];
    const { page, pageSize } = query;
    const rows = await manager.query<Row[]>(
      `SELECT ${COLUMNS} FROM ${TABLES} WHERE ${FILTER} ORDER BY m.received_at DESC, m.id DESC LIMIT $5 OFFSET $6`,
      [...filter, pageSize, (page - 1) * pageSize],
    );
    const [counted] = await manager.query<{ total: number; open: number }[]>(
      `SELECT count(*) FILTER (WHERE ${FILTER})::int AS total, count(*) FILTER (WHERE ${OPEN})::int AS open
       FROM inbound_mail m WHERE $2::uuid IS NULL OR m.event_id = $2`,
      filter,
    );
    return { rows: rows.map(toView), total: counted?.total ?? 0, open: counted?.open ?? 0, page, pageSize };
  }

  async read(id: string): Promise<InboundMailDetail> {
    const rows = await this.transactions.manager.query<(Row & { detail: Record<string, unknown> })[]>(
      `SELECT ${COLUMNS}, m.detail FROM ${TABLES} WHERE m.id = $1`,
      [id],
    );
    const row = rows[0];
    if (row === undefined) throw new AppError('inbound.not-found');
    const { text } = row.detail;
    return { ...toView(row), detail: row.detail, text: typeof text === 'string' ? text : '' };
  }

  /** An organizer says that a quarantined mail speaks for the attendee: it is read again, trusted. */
  async apply(actor: Actor, id: string): Promise<void> {
    await this.settle(actor, id, 'applied', (wake) => this.queue.wake('read-mail', wake));
  }

  async dismiss(actor: Actor, id: string): Promise<void> {
    await this.settle(actor, id, 'dismissed', () => Promise.resolve());
  }

  private settle(
    actor: Actor,
    id: string,
    settlement: 'applied' | 'dismissed',
    then: (ids: string[]) => Promise<void>,
  ): Promise<void> {
    return this.transactions.run(async ({ manager, afterCommit }) => {
      const [locked] = await manager.query<{ open: boolean; reason: string | null }[]>(
        `SELECT ${OPEN} AND m.status = 'done' AS open, m.reason FROM inbound_mail m WHERE m.id = $1 FOR UPDATE`,
        [id],
      );
      if (locked === undefined) throw new AppError('inbound.not-found');
      if (!locked.open) throw new AppError('inbound.settled');
      if (settlement === 'applied') await checkApplicable(manager, id);
      await manager.query(
        `UPDATE inbound_mail SET settlement = $2, settled_by = $3, settled_at = $4, attempts = 0,
           status = CASE WHEN $2 = 'applied' THEN 'received' ELSE status END WHERE id = $1`,
        [id, settlement, actor.personId, this.clock.now()],
      );
      await writeAudit(manager, {
        actorId: actor.personId,
        action: settlement === 'applied' ? 'apply-inbound-mail' : 'dismiss-inbound-mail',
        subjectKind: 'inbound_mail',
        subjectId: id,
        detail: { reason: locked.reason },
      });
      afterCommit(() => then([id]));
    });
  }
}

/** Whoever vouches for a mail's sender cannot make it speak of an invitation that was never sent, or is not any more. */
async function checkApplicable(manager: EntityManager, id: string): Promise<void> {
  const [mail] = await manager.query<
    { method: string | null; state: string; issued: number; stated: number[] }[]
  >(
    `SELECT m.detail->>'method' AS method, c.state, c.sequence AS issued, ARRAY(
       SELECT DISTINCT (s->'stated'->>'sequence')::int FROM jsonb_array_elements(m.detail->'statements') s) AS stated
     FROM inbound_mail m JOIN calendar_object c ON c.id = m.calendar_object_id
     WHERE m.id = $1 AND jsonb_typeof(m.detail->'statements') = 'array'`,
    [id],
  );
  if (mail === undefined) return;
  if (mail.state === 'cancelled') throw new AppError('inbound.called-off');
  const [sequence] = mail.stated;
  if (mail.method === 'REFRESH' || mail.stated.length !== 1 || sequence === undefined) return;
  const about = { sequence, issued: mail.issued };
  if (sequence > mail.issued) throw new AppError('inbound.never-issued', about);
  if (sequence < mail.issued) throw new AppError('inbound.obsolete', about);
}

function toView(row: Row): InboundMailView {
  return {
    ...row,
    receivedAt: row.receivedAt.toISOString(),
    settledAt: row.settledAt?.toISOString() ?? null,
  };
}
