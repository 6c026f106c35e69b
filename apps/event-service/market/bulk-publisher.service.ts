import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Actor } from '#libs/domain/access/actor.js';
import type { SubjectKind } from '#libs/domain/market/market-fields.js';
import { shanghaiDay } from '#libs/domain/time/shanghai-time.js';
import type { BulkPublishBody, BulkPublished } from '#libs/contracts/market/review.js';
import { publishImported } from '#libs/persistence/imports/publish-imported.js';
import { queueMatchRun } from '#libs/persistence/matching/queue-match-run.js';
import { Clock } from '#libs/platform/clock.js';
import { Transactions } from '#libs/platform/database/transactions.js';
import { JobQueue } from '#libs/platform/queue/job-queue.js';
import { mailAuthors } from './mail-authors.js';

interface Candidate {
  readonly id: string;
  readonly title: string;
  readonly status: string;
  readonly missing: string[];
  readonly organisationId: string | null;
  readonly createdBy: string | null;
  /** Its last day is over. */
  readonly isOver: boolean;
}

/** From here on one run over everything is cheaper than a run for each record. */
const SINGLE_RUNS = 20;
const NAMED = 100;

/** Publishes what waits for review, and the drafts that an import left, many at once. */
@Injectable()
export class BulkPublisher {
  constructor(
    private readonly transactions: Transactions,
    private readonly queue: JobQueue,
    private readonly clock: Clock,
  ) {}

  async publish(kind: SubjectKind, actor: Actor, body: BulkPublishBody): Promise<BulkPublished> {
    return this.transactions.run(async ({ manager, afterCommit }) => {
      const candidates = await this.lock(manager, kind, body);
      // Without a title nobody could find the record: that one is never left out.
      // A need whose last day is over would leave the market at once.
      const ready = candidates.filter(
        ({ title, missing, isOver }) =>
          title.trim() !== '' && !isOver && (body.incompleteToo || missing.length === 0),
      );
      const ids = ready.map((row) => row.id);
      await publishImported(manager, kind, ids, this.clock.now());
      const mails = await this.record(manager, kind, actor, ready);
      const runs = await this.queueRuns(manager, kind, actor, ids);
      afterCommit(() => this.queue.wake('send-notification', mails));
      afterCommit(() => this.queue.wake('run-match', runs));
      const published = new Set(ids);
      const left = candidates.filter((row) => !published.has(row.id));
      return {
        published: ids.length,
        skipped: left.length,
        left: left.slice(0, NAMED).map(({ id, title, missing, isOver }) => ({
          id,
          title,
          missing: isOver ? [...missing, 'expiresAt'] : missing,
        })),
      };
    });
  }

  /** Drafts count only when they were imported: what a person is still writing is not the organizer's to publish. */
  private lock(manager: EntityManager, kind: SubjectKind, { which }: BulkPublishBody): Promise<Candidate[]> {
    const [condition, value] =
      'ids' in which ? ['id = ANY($1::uuid[])', which.ids] : ['external_source = $1', which.importSource];
    const isOver = kind === 'need' ? 'expires_at < $2::date' : '$2::date IS NULL';
    return manager.query(
      `SELECT id, title, status, missing, organisation_id AS "organisationId", created_by AS "createdBy",
              coalesce(${isOver}, false) AS "isOver"
       FROM ${kind} WHERE ${condition} AND (status = 'submitted' OR (status = 'draft' AND external_source IS NOT NULL))
       ORDER BY id FOR UPDATE`,
      [value, shanghaiDay(this.clock.now())],
    );
  }

  /** Reviews and the log, and mails to those who had submitted. */
  private async record(
    manager: EntityManager,
    kind: SubjectKind,
    actor: Actor,
    rows: readonly Candidate[],
  ): Promise<string[]> {
    const ids = rows.map((row) => row.id);
    const reviews: { id: string; subject: string }[] = await manager.query(
      `INSERT INTO review (subject_kind, subject_id, outcome, reviewer_id, created_at)
       SELECT $1, id, 'published', $3, $4 FROM unnest($2::uuid[]) AS id RETURNING id, subject_id AS subject`,
      [kind, ids, actor.personId, this.clock.now()],
    );
    await manager.query(
      `INSERT INTO audit_entry (actor_id, action, subject_kind, subject_id, detail)
       SELECT $1, $2, $3, row->>'id', jsonb_build_object('from', row->>'status', 'missing', row->'missing', 'bulk', true)
       FROM jsonb_array_elements($4::jsonb) AS row`,
      [actor.personId, `publish-${kind}`, kind, JSON.stringify(rows)],
    );
    const reviewOf = new Map(reviews.map(({ id, subject }) => [subject, id]));
    const mails: string[] = [];
    for (const row of rows.filter(({ status }) => status === 'submitted')) {
      const message = {
        topic: `${kind}-published`,
        occasion: reviewOf.get(row.id)!,
        words: { note: null },
      };
      mails.push(...(await mailAuthors(manager, kind, row, message)));
    }
    return mails;
  }

  private async queueRuns(
    manager: EntityManager,
    kind: SubjectKind,
    actor: Actor,
    ids: readonly string[],
  ): Promise<string[]> {
    const requestedBy = actor.personId;
    const requests =
      ids.length > SINGLE_RUNS
        ? [{ scope: 'all' as const, subjectId: null, requestedBy }]
        : ids.map((subjectId) => ({ scope: kind, subjectId, requestedBy }));
    const runs: string[] = [];
    for (const request of requests) {
      const run = await queueMatchRun(manager, request);
      if (run !== null) runs.push(run);
    }
    return runs;
  }
}
