import { Injectable, Logger } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { JobPayload } from '#libs/contracts/jobs.js';
import { buildTimetable } from '#libs/domain/timetable/build-timetable.js';
import { verifyTimetable } from '#libs/domain/timetable/verify-timetable.js';
import { writeAudit } from '#libs/persistence/audit/write-audit.js';
import { loadGrid } from '#libs/persistence/meetings/event-grid.js';
import { Clock } from '#libs/platform/clock.js';
import { sqlState, Transactions } from '#libs/platform/database/transactions.js';
import { loadTimetableInput } from './load-timetable-input.js';
import { writeDraft } from './write-timetable.js';

interface TimetableRow {
  id: string;
  eventId: string;
  versionNo: number;
  createdBy: string | null;
}

/** A connection that broke or a server that went away says nothing about the timetable: it is computed again later. */
function isPassing(error: unknown): boolean {
  const code = sqlState(error) ?? (error as { code?: string }).code;
  if (code === undefined) return false;
  // SQLSTATEs have five characters; the others are errors of the network such as ECONNRESET.
  return /^[0-9A-Z]{5}$/.test(code) ? /^(08|40|53|57)/.test(code) : true;
}

/** Computes timetables. */
@Injectable()
export class TimetableHandlers {
  private readonly logger = new Logger(TimetableHandlers.name);

  constructor(
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  readonly 'build-timetable' = ({ id }: JobPayload<'build-timetable'>): Promise<void> => this.build(id);

  /**
   * Computes a timetable unless it is done or somebody else is at it. The lock on its row lasts as long as the work: when
   * the process dies, the next sweep finds the row without lock and it starts over, with nothing written before.
   */
  private async build(id: string): Promise<void> {
    const [, claimed] = await this.transactions.manager.query<[unknown, number]>(
      `UPDATE timetable SET status = 'computing' WHERE id =
         (SELECT id FROM timetable WHERE id = $1 AND status IN ('queued', 'computing') FOR UPDATE SKIP LOCKED)`,
      [id],
    );
    if (claimed === 0) return;
    try {
      await this.transactions.run(({ manager }) => this.compute(manager, id));
    } catch (error) {
      if (isPassing(error)) throw error;
      this.logger.error(`Timetable ${id} failed`, error instanceof Error ? error.stack : String(error));
      await this.transactions.manager.query(
        "UPDATE timetable SET status = 'failed', error = $2, computed_at = $3 WHERE id = $1 AND status = 'computing'",
        [id, error instanceof Error ? error.message : String(error), this.clock.now()],
      );
    }
  }

  private async compute(manager: EntityManager, id: string): Promise<void> {
    const [row] = await manager.query<TimetableRow[]>(
      `SELECT id, event_id AS "eventId", version_no AS "versionNo", created_by AS "createdBy" FROM timetable
       WHERE id = $1 AND status = 'computing' FOR UPDATE SKIP LOCKED`,
      [id],
    );
    if (row === undefined) return;
    const now = this.clock.now();
    // Meetings, tables and slots stay as they are until the draft is written.
    const grid = await loadGrid(manager, row.eventId, now, { lock: true });
    if (grid === null) return;
    const input = await loadTimetableInput(manager, grid, row.versionNo);
    const started = performance.now();
    const result = buildTimetable(input);
    const milliseconds = Math.round(performance.now() - started);
    const violations = verifyTimetable(input, result);
    if (violations.length > 0) {
      const list = violations.slice(0, 5).map(({ rule, subject }) => `${rule} ${subject}`);
      throw new Error(`The computed timetable breaks ${violations.length} rules: ${list.join('; ')}`);
    }
    await writeDraft(manager, row, input, result, now);
    await writeAudit(manager, {
      actorId: row.createdBy,
      action: 'compute-timetable',
      subjectKind: 'timetable',
      subjectId: id,
      detail: { ...result.objective, unplaced: result.unplaced.length, milliseconds },
    });
  }
}
