import { Injectable, Logger } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { JobPayload } from '#libs/contracts/jobs.js';
import { buildTimetable } from '#libs/domain/timetable/build-timetable.js';
import type { LateChange } from '#libs/domain/meetings/late-change.js';
import type { Timetable, TimetableInput } from '#libs/domain/timetable/timetable.js';
import { verifyTimetable } from '#libs/domain/timetable/verify-timetable.js';
import { writeAudit } from '#libs/persistence/audit/write-audit.js';
import { loadGrid } from '#libs/persistence/meetings/event-grid.js';
import { loadTimetableInput } from '#libs/persistence/meetings/load-timetable-input.js';
import { Clock } from '#libs/platform/clock.js';
import { sqlState, Transactions } from '#libs/platform/database/transactions.js';
import { solveWithProgress } from './solve-with-progress.js';
import { SolverStopped, TimetableSolver } from './timetable-solver.js';
import { writeDraft } from './write-timetable.js';

/** Seconds the solver may take; the best found by then is the draft. */
const LIMIT_SECONDS = 20;
/** Seconds for what a late change costs: somebody waits for it. */
const PREVIEW_SECONDS = 8;

/** Seconds when something changed meanwhile and it is computed again with everything held still. */
const AGAIN_SECONDS = 3;

interface TimetableRow {
  id: string;
  eventId: string;
  versionNo: number;
  createdBy: string | null;
  change: LateChange | null;
}

/** A connection that broke or a server that went away says nothing about the timetable: it is computed again later. */
export function isPassing(error: unknown): boolean {
  if (error instanceof SolverStopped) return true;
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
    private readonly solver: TimetableSolver,
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
    // A weaker lock than that of the sweep, so that rows about the timetable's progress can refer to it.
    const [row] = await manager.query<TimetableRow[]>(
      `SELECT id, event_id AS "eventId", version_no AS "versionNo", created_by AS "createdBy",
              change FROM timetable
       WHERE id = $1 AND status = 'computing' FOR NO KEY UPDATE SKIP LOCKED`,
      [id],
    );
    if (row === undefined) return;
    const started = performance.now();
    let input = await this.read(manager, row, false);
    for (let attempt = 1; input !== null; attempt += 1) {
      const first = row.change === null ? LIMIT_SECONDS : PREVIEW_SECONDS;
      const limit = attempt === 1 ? first : AGAIN_SECONDS;
      const solved = await solveWithProgress(this.solver, this.transactions.manager, id, input, limit);
      const result = solved.timetable ?? buildTimetable(input);
      checkRules(input, result);
      // Meetings, tables and slots may have changed meanwhile; from now on they stay as they are until the commit.
      const current = await this.read(manager, row, true);
      if (current === null) return;
      if (JSON.stringify(current) !== JSON.stringify(input)) {
        input = current;
        continue;
      }
      await writeDraft(manager, row, input, result, this.clock.now());
      const milliseconds = Math.round(performance.now() - started);
      const { status: proof } = solved;
      await writeAudit(manager, {
        actorId: row.createdBy,
        action: row.change === null ? 'compute-timetable' : 'preview-late-change',
        subjectKind: 'timetable',
        subjectId: id,
        detail: { ...result.objective, unplaced: result.unplaced.length, milliseconds, proof },
      });
      return;
    }
  }

  private async read(
    manager: EntityManager,
    row: TimetableRow,
    lock: boolean,
  ): Promise<TimetableInput | null> {
    const grid = await loadGrid(manager, row.eventId, this.clock.now(), { lock });
    return grid === null ? null : loadTimetableInput(manager, grid, row.versionNo, row.change);
  }
}

function checkRules(input: TimetableInput, result: Timetable): void {
  const violations = verifyTimetable(input, result);
  if (violations.length === 0) return;
  const list = violations.slice(0, 5).map(({ rule, subject }) => `${rule} ${subject}`);
  throw new Error(`The computed timetable breaks ${violations.length} rules: ${list.join('; ')}`);
}
