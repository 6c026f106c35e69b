import { Injectable, Logger } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { JobPayload } from '#libs/contracts/jobs.js';
import type { AssignmentStage } from '#libs/contracts/meetings/assignments.js';
import { writeAudit } from '#libs/persistence/audit/write-audit.js';
import { claimAssignment, type StoredSettings } from '#libs/persistence/meetings/assignment-rows.js';
import { loadGrid } from '#libs/persistence/meetings/event-grid.js';
import { loadLimits } from '#libs/persistence/meetings/load-limits.js';
import { unavailableTimes } from '#libs/persistence/meetings/unavailable-times.js';
import { Clock } from '#libs/platform/clock.js';
import { Transactions } from '#libs/platform/database/transactions.js';
import { isPassing } from '../timetables/timetable-handlers.js';
import { findCandidates } from './assignment-candidates.js';
import { askAssignment, type QuestionFacts } from './assignment-question.js';
import { AssignmentSolver } from './assignment-solver.js';
import { readAssignmentFacts } from './read-assignment-facts.js';
import { writeAssignment } from './write-assignment.js';

interface AssignmentRow {
  eventId: string;
  settings: StoredSettings;
  createdBy: string | null;
}

/** Computes who should meet whom at an event. */
@Injectable()
export class AssignmentHandlers {
  private readonly logger = new Logger(AssignmentHandlers.name);

  constructor(
    private readonly transactions: Transactions,
    private readonly clock: Clock,
    private readonly solver: AssignmentSolver,
  ) {}

  readonly 'assign-pairs' = ({ id }: JobPayload<'assign-pairs'>): Promise<void> => this.build(id);

  /** The lock ends with the transaction: when the process dies, the next sweep finds the row and it starts over. */
  private async build(id: string): Promise<void> {
    try {
      await this.transactions.run(async ({ manager }) => {
        if (await claimAssignment(manager, id)) await this.compute(manager, id);
      });
    } catch (error) {
      if (isPassing(error)) throw error;
      const message = error instanceof Error ? error.message : String(error);
      this.logger.error(`Assignment ${id} failed`, error instanceof Error ? error.stack : message);
      await this.transactions.manager.query(
        `UPDATE assignment SET status = 'failed', stage = NULL, error = $2, computed_at = $3
         WHERE id = $1 AND status IN ('queued', 'computing')`,
        [id, message, this.clock.now()],
      );
    }
  }

  private async compute(manager: EntityManager, id: string): Promise<void> {
    // Looked at again now that the lock is held: somebody else may have finished it just before.
    const [row] = await manager.query<AssignmentRow[]>(
      `SELECT event_id AS "eventId", settings, created_by AS "createdBy" FROM assignment
       WHERE id = $1 AND status IN ('queued', 'computing')`,
      [id],
    );
    if (row === undefined) return;
    await this.tell(id, 'reading');
    const started = performance.now();
    const question = await this.read(manager, row);
    if (question === null) return;
    const input = askAssignment(question);
    await this.tell(id, 'choosing');
    const result = await this.solver.solve(input);
    await this.tell(id, 'writing');
    const milliseconds = Math.round(performance.now() - started);
    await writeAssignment(manager, id, question, input, result, milliseconds, this.clock.now());
    await writeAudit(manager, {
      actorId: row.createdBy,
      action: 'compute-assignment',
      subjectKind: 'event',
      subjectId: row.eventId,
      detail: { ...result.objective, chosen: result.chosen.length, proof: result.status, milliseconds },
    });
  }

  /** Outside the transaction, so that others see how far it is. */
  private async tell(id: string, stage: AssignmentStage): Promise<void> {
    await this.transactions.manager.query(
      "UPDATE assignment SET status = 'computing', stage = $2 WHERE id = $1",
      [id, stage],
    );
  }

  private async read(
    manager: EntityManager,
    { eventId, settings }: AssignmentRow,
  ): Promise<QuestionFacts | null> {
    const grid = await loadGrid(manager, eventId, this.clock.now());
    if (grid === null) return null;
    const facts = await readAssignmentFacts(manager, eventId, grid.settledBefore);
    const people = facts.attendees.map(({ personId }) => personId);
    return {
      facts,
      candidates: findCandidates(facts),
      settings,
      grid,
      limits: await loadLimits(manager, eventId),
      unavailable: await unavailableTimes(manager, eventId, people),
    };
  }
}
