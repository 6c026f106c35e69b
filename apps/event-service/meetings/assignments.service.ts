import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AppError } from '#libs/contracts/app-error.js';
import {
  DEFAULT_ASSIGNMENT,
  type AcceptReport,
  type AssignmentPairs,
  type AssignmentSettings,
  type AssignmentView,
  type PairsQuery,
  type UndoReport,
} from '#libs/contracts/meetings/assignments.js';
import type { Actor } from '#libs/domain/access/actor.js';
import { writeAudit } from '#libs/persistence/audit/write-audit.js';
import { loadAssignmentSettings } from '#libs/persistence/meetings/assignment-rows.js';
import { loadGrid } from '#libs/persistence/meetings/event-grid.js';
import { Clock } from '#libs/platform/clock.js';
import { Transactions } from '#libs/platform/database/transactions.js';
import { JobQueue } from '#libs/platform/queue/job-queue.js';
import { acceptPairs, undoAcceptance } from './accept-pairs.js';
import { loadLatestAssignment } from './assignment-summaries.js';
import { lockArrangeableEvent, OVER } from './event-gate.js';
import { loadEventHead } from './meeting-rows.js';
import { readAssignmentPairs } from './read-assignment-pairs.js';

/** Who should meet whom at an event: proposals, before any timetable. */
@Injectable()
export class AssignmentsService {
  constructor(
    private readonly transactions: Transactions,
    private readonly clock: Clock,
    private readonly queue: JobQueue,
  ) {}

  async view(eventId: string): Promise<AssignmentView> {
    const { manager } = this.transactions;
    const grid = await loadGrid(manager, eventId, this.clock.now());
    if (grid === null) throw new AppError('record.not-found', { what: '活动' });
    const [counts] = await manager.query<{ people: number; meetings: number }[]>(
      `SELECT (SELECT count(*) FROM registration WHERE event_id = $1 AND status = 'confirmed'
                 AND organisation_id IS NOT NULL)::int AS people,
              (SELECT count(*) FROM meeting WHERE event_id = $1 AND status <> 'cancelled')::int AS meetings`,
      [eventId],
    );
    return {
      event: await loadEventHead(manager, eventId),
      settings: (await loadAssignmentSettings(manager, eventId)) ?? DEFAULT_ASSIGNMENT,
      latest: await loadLatestAssignment(manager, eventId),
      ...counts!,
      slots: grid.open.length,
      tables: grid.tables.length,
      open: !OVER.includes(grid.state),
    };
  }

  async pairs(id: string, query: PairsQuery): Promise<AssignmentPairs> {
    const { manager } = this.transactions;
    await assignmentOf(manager, id);
    return readAssignmentPairs(manager, id, query);
  }

  /** Stores the settings and asks the worker for a proposal; one that waits or runs already is answered instead. */
  async compute(actor: Actor | null, eventId: string, settings: AssignmentSettings): Promise<{ id: string }> {
    return this.transactions.run(async ({ manager, afterCommit }) => {
      const now = this.clock.now();
      await lockArrangeableEvent(manager, eventId, now);
      const [running] = await manager.query<{ id: string }[]>(
        "SELECT id FROM assignment WHERE event_id = $1 AND status IN ('queued', 'computing')",
        [eventId],
      );
      if (running !== undefined) return running;
      await storeSettings(manager, eventId, settings);
      // Proposals of which nothing was accepted are of no use once there is a newer one.
      await manager.query(
        `DELETE FROM assignment a WHERE event_id = $1 AND NOT EXISTS
           (SELECT FROM assignment_pair p WHERE p.assignment_id = a.id AND p.accepted_at IS NOT NULL)`,
        [eventId],
      );
      const [row] = await manager.query<{ id: string }[]>(
        'INSERT INTO assignment (event_id, settings, created_by, created_at) VALUES ($1, $2, $3, $4) RETURNING id',
        [eventId, JSON.stringify(settings), actor?.personId ?? null, now],
      );
      const { id } = row!;
      afterCommit(() => this.queue.wake('assign-pairs', [id]));
      return { id };
    });
  }

  async accept(actor: Actor | null, id: string, pairIds: readonly string[] | null): Promise<AcceptReport> {
    return this.change(actor, id, 'accept-assignment', (manager) =>
      acceptPairs(manager, id, pairIds, this.clock.now()),
    );
  }

  async undo(actor: Actor | null, id: string): Promise<UndoReport> {
    return this.change(actor, id, 'undo-assignment', (manager) =>
      undoAcceptance(manager, id, this.clock.now()),
    );
  }

  private change<Report extends AcceptReport | UndoReport>(
    actor: Actor | null,
    id: string,
    action: string,
    work: (manager: EntityManager) => Promise<Report>,
  ): Promise<Report> {
    return this.transactions.run(async ({ manager }) => {
      const { eventId } = await assignmentOf(manager, id);
      await lockArrangeableEvent(manager, eventId, this.clock.now());
      const latest = await loadLatestAssignment(manager, eventId);
      if (latest?.id !== id) throw new AppError('assignment.outdated');
      if (latest.status !== 'ready') throw new AppError('assignment.not-ready');
      const report = await work(manager);
      await writeAudit(manager, {
        actorId: actor?.personId ?? null,
        action,
        subjectKind: 'event',
        subjectId: eventId,
        detail: { ...report },
      });
      return report;
    });
  }
}

async function assignmentOf(manager: EntityManager, id: string): Promise<{ eventId: string }> {
  const [row] = await manager.query<{ eventId: string }[]>(
    'SELECT event_id AS "eventId" FROM assignment WHERE id = $1',
    [id],
  );
  if (row === undefined) throw new AppError('record.not-found', { what: '配对建议' });
  return row;
}

async function storeSettings(
  manager: EntityManager,
  eventId: string,
  settings: AssignmentSettings,
): Promise<void> {
  const { maxMeetings, floor, minScore, scoreWeight, oneSidedWeight, mutualWeight } = settings;
  await manager.query(
    `INSERT INTO assignment_setting (event_id, max_meetings, floor, min_score, score_weight, one_sided_weight,
       mutual_weight) VALUES ($1, $2, $3, $4, $5, $6, $7)
     ON CONFLICT (event_id) DO UPDATE SET max_meetings = $2, floor = $3, min_score = $4, score_weight = $5,
       one_sided_weight = $6, mutual_weight = $7`,
    [eventId, maxMeetings, floor, minScore, scoreWeight, oneSidedWeight, mutualWeight],
  );
}
