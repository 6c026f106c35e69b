import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Actor } from '#libs/domain/access/actor.js';
import type { MarketAction } from '#libs/domain/access/market-actions.js';
import type { SubjectKind } from '#libs/domain/market/market-fields.js';
import { writeAudit } from '#libs/persistence/audit/write-audit.js';
import { publishImported } from '#libs/persistence/imports/publish-imported.js';
import { loadRecord } from '#libs/persistence/market/load-record.js';
import type { CapabilityRecord, NeedRecord } from '#libs/persistence/market/market-table.js';
import { queueMatchRun } from '#libs/persistence/matching/queue-match-run.js';
import { Clock } from '#libs/platform/clock.js';
import { Transactions, type Transaction } from '#libs/platform/database/transactions.js';
import { JobQueue } from '#libs/platform/queue/job-queue.js';
import { refuseExpired } from './check-fields.js';
import { demandAction, incomplete, missingOf, notFound } from './market-kind.js';
import { mailAuthors } from './mail-authors.js';

type Row = NeedRecord | CapabilityRecord;
type Outcome = 'published' | 'returned' | 'withdrawn';

/** The way of a need or capability through the review: submitted, returned with questions, published, withdrawn. */
@Injectable()
export class MarketReviews {
  constructor(
    private readonly transactions: Transactions,
    private readonly queue: JobQueue,
    private readonly clock: Clock,
  ) {}

  async submit(kind: SubjectKind, actor: Actor, id: string): Promise<void> {
    await this.act(kind, actor, id, 'submit', async ({ manager }, row) => {
      const missing = missingOf(kind, row);
      if (missing.length > 0) throw incomplete(missing);
      this.refuseOver(row);
      await this.enter(manager, kind, id, 'submitted', ', submitted_at = $3');
    });
  }

  async withdraw(kind: SubjectKind, actor: Actor, id: string): Promise<void> {
    await this.act(kind, actor, id, 'withdraw', async ({ manager }) => {
      await this.enter(manager, kind, id, 'withdrawn');
      await this.record(manager, kind, actor, id, 'withdrawn', null);
    });
  }

  /** Back to the authors with questions. */
  async sendBack(kind: SubjectKind, actor: Actor, id: string, note: string): Promise<void> {
    await this.act(kind, actor, id, 'return', async (transaction, row) => {
      await this.enter(transaction.manager, kind, id, 'returned');
      const review = await this.record(transaction.manager, kind, actor, id, 'returned', note);
      await this.tell(transaction, kind, row, {
        topic: `${kind}-returned`,
        occasion: review,
        words: { note },
      });
    });
  }

  /** Onto the market: numbered at the first time, matched by the worker. */
  async publish(kind: SubjectKind, actor: Actor, id: string, note: string | null): Promise<void> {
    await this.act(kind, actor, id, 'publish', async (transaction, row) => {
      this.refuseOver(row);
      const { manager, afterCommit } = transaction;
      await publishImported(manager, kind, [id], this.clock.now());
      const review = await this.record(manager, kind, actor, id, 'published', note);
      await this.tell(transaction, kind, row, {
        topic: `${kind}-published`,
        occasion: review,
        words: { note },
      });
      const run = await queueMatchRun(manager, { scope: kind, subjectId: id, requestedBy: actor.personId });
      if (run !== null) afterCommit(() => this.queue.wake('run-match', [run]));
    });
  }

  private refuseOver(row: Row): void {
    if ('expiresAt' in row) refuseExpired(row.expiresAt, this.clock.now());
  }

  private async act(
    kind: SubjectKind,
    actor: Actor,
    id: string,
    action: MarketAction,
    work: (transaction: Transaction, row: Row) => Promise<void>,
  ): Promise<void> {
    await this.transactions.run(async (transaction) => {
      const row = await loadRecord(transaction.manager, kind, id, true);
      if (row === null) throw notFound(kind);
      demandAction(kind, actor, row, action);
      await work(transaction, row);
      await writeAudit(transaction.manager, {
        actorId: actor.personId,
        action: `${action}-${kind}`,
        subjectKind: kind,
        subjectId: id,
        detail: { from: row.status },
      });
    });
  }

  /** The row is locked and the step allowed. */
  private async enter(
    manager: EntityManager,
    kind: SubjectKind,
    id: string,
    status: string,
    also = '',
  ): Promise<void> {
    await manager.query(`UPDATE ${kind} SET status = $2, updated_at = $3${also} WHERE id = $1`, [
      id,
      status,
      this.clock.now(),
    ]);
  }

  private async record(
    manager: EntityManager,
    kind: SubjectKind,
    actor: Actor,
    id: string,
    outcome: Outcome,
    note: string | null,
  ): Promise<string> {
    const rows: { id: string }[] = await manager.query(
      `INSERT INTO review (subject_kind, subject_id, outcome, note, reviewer_id, created_at)
       VALUES ($1, $2, $3, $4, $5, $6) RETURNING id`,
      [kind, id, outcome, note, actor.personId, this.clock.now()],
    );
    return rows[0]!.id;
  }

  private async tell(
    { manager, afterCommit }: Transaction,
    kind: SubjectKind,
    row: Row,
    message: Parameters<typeof mailAuthors>[3],
  ): Promise<void> {
    const mails = await mailAuthors(manager, kind, row, message);
    afterCommit(() => this.queue.wake('send-notification', mails));
  }
}
