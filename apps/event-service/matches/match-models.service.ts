import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AppError } from '#libs/contracts/app-error.js';
import type { MatchModelPage, MatchModelView } from '#libs/contracts/matching/match-models.js';
import type { Actor } from '#libs/domain/access/actor.js';
import { shanghaiDay } from '#libs/domain/time/shanghai-time.js';
import {
  auditModel,
  lockModels,
  rematchByModelInUse,
  startTraining,
  useModel,
} from '#libs/persistence/matching/change-models.js';
import { modelInUse } from '#libs/persistence/matching/model-in-use.js';
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
      const row = await startTraining(manager, day, actor.personId);
      if (row === null) throw new AppError('match-model.training');
      afterCommit(() => this.queue.wake('train-match-model', [row.id]));
      return row.id;
    });
    return this.read(id);
  }

  /** Scores everything by this version from now on; the one in use until now stays at hand for the way back. */
  async activate(actor: Actor, id: string): Promise<MatchModelView> {
    await this.change(actor, id, ['candidate', 'retired'], async (manager, row) => {
      await useModel(manager, row, { now: this.clock.now(), by: actor.personId });
    });
    return this.read(id);
  }

  /** Back to the model that the platform ships with. */
  async retire(actor: Actor, id: string): Promise<MatchModelView> {
    await this.change(actor, id, ['active'], async (manager, row) => {
      await manager.query("UPDATE match_model SET status = 'retired' WHERE id = $1", [id]);
      await auditModel(manager, actor.personId, 'retire-match-model', row);
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
      const run = await rematchByModelInUse(manager, actor.personId);
      if (run !== null) afterCommit(() => this.queue.wake('run-match', [run]));
    });
  }
}

const notFound = () => new AppError('record.not-found', { what: '匹配模型' });
