import type { EntityManager } from 'typeorm';
import type { AssignmentSetting } from '../entities/assignment.entity.js';

export type StoredSettings = Omit<AssignmentSetting, 'eventId'>;

/** What was stored of how people of an event are paired; null = nothing yet. */
export async function loadAssignmentSettings(
  manager: EntityManager,
  eventId: string,
): Promise<StoredSettings | null> {
  const [row] = await manager.query<StoredSettings[]>(
    `SELECT max_meetings AS "maxMeetings", floor, min_score AS "minScore", score_weight AS "scoreWeight",
            one_sided_weight AS "oneSidedWeight", mutual_weight AS "mutualWeight"
     FROM assignment_setting WHERE event_id = $1`,
    [eventId],
  );
  return row ?? null;
}

/** SQL: takes the lock of whoever computes the assignment of row `assignment`, until the transaction ends. */
const LOCK = "pg_try_advisory_xact_lock(hashtextextended('assignment:' || id::text, 0))";

/**
 * Marks an assignment as being computed unless it is done or somebody else is at it: the lock is not one on its row, so
 * that its stage can be written meanwhile.
 */
export async function claimAssignment(manager: EntityManager, id: string): Promise<boolean> {
  const rows = await manager.query<{ claimed: boolean }[]>(
    `SELECT ${LOCK} AS claimed FROM assignment WHERE id = $1 AND status IN ('queued', 'computing')`,
    [id],
  );
  return rows[0]?.claimed ?? false;
}

/** Assignments that nobody works on. */
export async function waitingAssignments(manager: EntityManager): Promise<string[]> {
  const rows = await manager.query<{ id: string; idle: boolean }[]>(
    `SELECT id, ${LOCK} AS idle FROM assignment WHERE status IN ('queued', 'computing') ORDER BY id`,
  );
  return rows.flatMap(({ id, idle }) => (idle ? [id] : []));
}
