import { Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { AppError } from '#libs/contracts/app-error.js';
import type { matchRunPage, MatchRunView, startMatchRun } from '#libs/contracts/matching/matches.js';
import type { Actor } from '#libs/domain/access/actor.js';
import { writeAudit } from '#libs/persistence/audit/write-audit.js';
import { queueMatchRun } from '#libs/persistence/matching/queue-match-run.js';
import { Transactions } from '#libs/platform/database/transactions.js';
import { JobQueue } from '#libs/platform/queue/job-queue.js';

interface RunRow extends Omit<MatchRunView, 'createdAt' | 'startedAt' | 'finishedAt'> {
  createdAt: Date;
  startedAt: Date | null;
  finishedAt: Date | null;
}

const RUNS = `
  SELECT r.id, r.scope, coalesce(n.title, c.title) AS subject, r.status, r.total, r.done,
         r.matches_found AS "matchesFound", r.model_version AS "modelVersion", r.error, p.name AS "requestedBy",
         r.created_at AS "createdAt", r.started_at AS "startedAt", r.finished_at AS "finishedAt"
  FROM match_run r LEFT JOIN person p ON p.id = r.requested_by
  LEFT JOIN need n ON r.scope = 'need' AND n.id = r.subject_id
  LEFT JOIN capability c ON r.scope = 'capability' AND c.id = r.subject_id`;

const view = (row: RunRow): MatchRunView => ({
  ...row,
  createdAt: row.createdAt.toISOString(),
  startedAt: row.startedAt?.toISOString() ?? null,
  finishedAt: row.finishedAt?.toISOString() ?? null,
});

/** Match runs: started by organizers (or by publishing and editing), worked by the matching worker. */
@Injectable()
export class MatchRunsService {
  constructor(
    private readonly transactions: Transactions,
    private readonly queue: JobQueue,
  ) {}

  async list(page: number, pageSize: number): Promise<z.infer<typeof matchRunPage>> {
    const manager = this.transactions.manager;
    const [count] = await manager.query<{ total: number }[]>('SELECT count(*)::int AS total FROM match_run');
    const rows = await manager.query<RunRow[]>(
      `${RUNS} ORDER BY r.created_at DESC, r.id DESC LIMIT $1 OFFSET $2`,
      [pageSize, (page - 1) * pageSize],
    );
    return { rows: rows.map(view), total: count!.total, page, pageSize };
  }

  async read(id: string): Promise<MatchRunView> {
    const rows = await this.transactions.manager.query<RunRow[]>(`${RUNS} WHERE r.id = $1`, [id]);
    if (rows[0] === undefined) throw new AppError('record.not-found', { what: '匹配任务' });
    return view(rows[0]);
  }

  async start(actor: Actor, body: z.infer<typeof startMatchRun>): Promise<MatchRunView> {
    const id = await this.transactions.run(async ({ manager, afterCommit }) => {
      if ((body.scope === 'all') !== (body.subjectId === null)) throw new AppError('match-run.subject');
      if (body.scope !== 'all') {
        const found = await manager.query<unknown[]>(
          `SELECT 1 FROM ${body.scope} WHERE id = $1 AND status IN ('published', 'engaged')`,
          [body.subjectId],
        );
        if (found.length === 0) throw new AppError('match-run.subject');
      }
      const waiting = await manager.query<{ id: string }[]>(
        "SELECT id FROM match_run WHERE status = 'queued' AND scope = $1 AND subject_id IS NOT DISTINCT FROM $2::uuid LIMIT 1",
        [body.scope, body.subjectId],
      );
      const run = waiting[0]?.id ?? (await queueMatchRun(manager, { ...body, requestedBy: actor.personId }));
      if (run === null) throw new AppError('record.changed');
      afterCommit(() => this.queue.wake('run-match', [run]));
      await writeAudit(manager, {
        actorId: actor.personId,
        action: 'start-match-run',
        subjectKind: 'match_run',
        subjectId: run,
        detail: { scope: body.scope, subject: body.subjectId },
      });
      return run;
    });
    return this.read(id);
  }
}
