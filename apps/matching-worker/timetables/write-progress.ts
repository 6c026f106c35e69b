import type { EntityManager } from 'typeorm';
import type { SolvedTimetable } from '#libs/domain/timetable/solve-timetable.js';
import type { SolverProgress } from './solver-messages.js';

const COLUMNS =
  'timetable_id, stage, proof, placed, satisfaction, moved, breaks, lower, upper, reasons, seconds';

const WRITE = `
  INSERT INTO timetable_progress (${COLUMNS}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
  ON CONFLICT (timetable_id) DO UPDATE SET stage = $2, proof = $3, placed = $4, satisfaction = $5, moved = $6,
    breaks = $7, lower = $8, upper = $9, reasons = $10, seconds = $11
  RETURNING stop`;

/**
 * Writes how far a timetable is, outside the transaction that computes it.
 * @returns whether somebody asked to take the best found so far
 */
export async function writeProgress(
  manager: EntityManager,
  timetableId: string,
  { stage, objective, lower, upper, seconds }: SolverProgress,
  ended?: SolvedTimetable,
): Promise<boolean> {
  const { placed = null, satisfaction = null, moved = null, breaks = null } = objective ?? {};
  const proof = ended === undefined ? null : ended.status === 'optimal' ? 'optimal' : 'gap';
  const reasons = JSON.stringify(ended?.reasons ?? []);
  const figures = [placed, satisfaction, moved, breaks, lower, upper, reasons, seconds];
  const [row] = await manager.query<{ stop: boolean }[]>(WRITE, [timetableId, stage, proof, ...figures]);
  return row?.stop ?? false;
}
