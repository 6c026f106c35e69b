import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AppError } from '#libs/contracts/app-error.js';
import type { MatchModelPage, MatchModelView } from '#libs/contracts/matching/match-models.js';
import type { Actor } from '#libs/domain/access/actor.js';
import { shanghaiDay } from '#libs/domain/time/shanghai-time.js';
import { writeAudit } from '#libs/persistence/audit/write-audit.js';
import { modelInUse } from '#libs/persistence/matching/model-in-use.js';
import { queueMatchRun } from '#libs/persistence/matching/queue-match-run.js';
import { Clock } from '#libs/platform/clock.js';
import { Transactions } from '#libs/platform/database/transactions.js';
import { JobQueue } from '#libs/platform/queue/job-queue.js';

interface ModelRow extends Omit<MatchModelView, 'createdAt' | 'finishedAt' | 'activatedAt'> {
  createdAt: Date;
  finishedAt: Date | null;
  activatedAt: Date | null;
}

const MODELS = `
  SELECT m.id, m.version, m.kind, m.status, m.quality, m.trained_on AS "trainedOn", m.error,
         m.kept_back AS "keptBack",
         m.created_at AS "createdAt", c.name AS "createdBy", m.finished_at AS "finishedAt",
         m.activated_at AS "activatedAt", a.name AS "activatedBy"
  FROM match_model m LEFT JOIN person c ON c.id = m.created_by LEFT JOIN person a ON a.id = m.activated_by`;

const view = (row: ModelRow): MatchModelView => ({
  ...row,
  createdAt: row.createdAt.toISOString(),
  finishedAt: row.finishedAt?.toISOString() ?? null,
  activatedAt: row.activatedAt?.toISOString() ?? null,
});

/** Versions of the model that scores matches: trained by the matching worker, put to use and taken back by organizers. */
@Injectable()
export class MatchModelsService {
  constructor(
    private readonly transactions: Transactions,
    private readonly queue: JobQueue,
    private readonly clock: Clock,
  ) {}

  async list(page: number, pageSize: number): Promise<MatchModelPage> {
    const { manager } = this.transactions;
    const [count] = await manager.query<{ total: number }[]>(
      'SELECT count(*)::int AS total FROM match_model',
    );
    const rows = await manager.query<ModelRow[]>(
      `${MODELS} ORDER BY m.created_at DESC, m.id DESC LIMIT $1 OFFSET $2`,
      [pageSize, (page - 1) * pageSize],
    );
    return { rows: rows.map(view), total: count!.total, page, pageSize, inUse: await modelInUse(manager) };
  }

  async read(id: string): Promise<MatchModelView> {
    const [row] = await this.transactions.manager.query<ModelRow[]>(`${MODELS} WHERE m.id = $1`, [id]);
    if (row === undefined) throw notFound();
    return view(row);
  }

  /** Asks the matching worker to learn from all feedback so far; one at a time. */
  async train(actor: Actor): Promise<MatchModelView> {
    const day = shanghaiDay(this.clock.now());
    const id = await this.transactions.run(async ({ manager, afterCommit }) => {
      await lockModels(manager);
      const training = await manager.query<unknown[]>("SELECT 1 FROM match_model WHERE status = 'training'");
      if (training.length > 0) throw new AppError('match-model.training');
      const [row] = await manager.query<{ id: string; version: string }[]>(
        `INSERT INTO match_model (version, kind, status, created_by)
         SELECT $1::text || (count(*) + 1), 'trained', 'training', $2 FROM match_model WHERE version LIKE $1 || '%'
         RETURNING id, version`,
        [`trained-${day}-`, actor.personId],
      );
      await audit(manager, actor, 'train-match-model', row!);
      afterCommit(() => this.queue.wake('train-match-model', [row!.id]));
      return row!.id;
    });
    return this.read(id);
  }

  /** Scores everything by this version from now on; the one in use until now stays at hand for the way back. */
  async activate(actor: Actor, id: string): Promise<MatchModelView> {
    await this.change(actor, id, ['candidate', 'retired'], async (manager, row) => {
      await manager.query("UPDATE match_model SET status = 'retired' WHERE status = 'active'");
      await manager.query(
        "UPDATE match_model SET status = 'active', activated_at = $2, activated_by = $3 WHERE id = $1",
        [id, this.clock.now(), actor.personId],
      );
      await audit(manager, actor, 'activate-match-model', row);
    });
    return this.read(id);
  }

  /** Back to the model that the platform ships with. */
  async retire(actor: Actor, id: string): Promise<MatchModelView> {
    await this.change(actor, id, ['active'], async (manager, row) => {
      await manager.query("UPDATE match_model SET status = 'retired' WHERE id = $1", [id]);
      await audit(manager, actor, 'retire-match-model', row);
    });
    return this.read(id);
  }

  private async change(
    actor: Actor,
    id: string,
    from: readonly string[],
    write: (manager: EntityManager, row: { id: string; version: string }) => Promise<void>,
  ): Promise<void> {
    await this.transactions.run(async ({ manager, afterCommit }) => {
      await lockModels(manager);
      const [row] = await manager.query<{ id: string; version: string; status: string }[]>(
        'SELECT id, version, status FROM match_model WHERE id = $1 FOR UPDATE',
        [id],
      );
      if (row === undefined) throw notFound();
      if (!from.includes(row.status)) throw new AppError('match-model.state');
      await write(manager, row);
      // Runs that wait were promised the former version.
      const { version } = await modelInUse(manager);
      await manager.query("UPDATE match_run SET model_version = $1 WHERE status = 'queued'", [version]);
      const run = await queueMatchRun(manager, {
        scope: 'all',
        subjectId: null,
        requestedBy: actor.personId,
      });
      if (run !== null) afterCommit(() => this.queue.wake('run-match', [run]));
    });
  }
}

/** Training, activating and retiring wait for each other. */
const lockModels = (manager: EntityManager) =>
  manager.query("SELECT pg_advisory_xact_lock(hashtext('match_model'))");

const audit = (
  manager: EntityManager,
  actor: Actor,
  action: string,
  { id, version }: { id: string; version: string },
): Promise<void> =>
  writeAudit(manager, {
    actorId: actor.personId,
    action,
    subjectKind: 'match_model',
    subjectId: id,
    detail: { version },
  });

const notFound = () => new AppError('record.not-found', { what: '匹配模型' });
