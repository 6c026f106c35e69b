import { isWorse } from '#libs/domain/timetable/compare-timetables.js';
import type { SolvedTimetable } from '#libs/domain/timetable/solve-timetable.js';
import type { TimetableInput } from '#libs/domain/timetable/timetable.js';
import type { SolverAnswer, SolverProgress } from './solver-messages.js';
import { isProved } from './solver-race.js';

/**
 * The answer of two lines: the proof that took less work; without one, the better timetable with the higher bound, which
 * together may be a proof.
 */
export function chooseAnswer(input: TimetableInput, one: SolverAnswer, two: SolverAnswer): SolvedTimetable {
  const [first, second] = [isProved(one.solved), isProved(two.solved)];
  if (first || second) return (first && (!second || one.work <= two.work) ? one : two).solved;
  const [better, other] = isBetter(input, two.solved, one.solved) ? [two, one] : [one, two];
  const { goal, lower, upper } = better.solved;
  // Bounds of one goal can be compared: what comes before it is proved in both.
  if (other.solved.goal !== goal || lower === null || upper === null) return better.solved;
  const closer = Math.max(lower, other.solved.lower ?? lower);
  const status = goal === 'breaks' && closer >= upper ? 'optimal' : better.solved.status;
  return { ...better.solved, lower: closer, status };
}

function isBetter(input: TimetableInput, one: SolvedTimetable, two: SolvedTimetable): boolean {
  if (one.timetable === null || two.timetable === null) return two.timetable === null;
  return isWorse(input, two.timetable, one.timetable);
}

const costOf = ({ stage, upper, objective }: SolverProgress): number =>
  upper ?? (stage === 'breaks' ? objective?.breaks : null) ?? Infinity;

/** What is known together. */
export function joinProgress(one: SolverProgress, two: SolverProgress | null): SolverProgress {
  if (two === null || two.stage !== one.stage) return one;
  const best = costOf(two) < costOf(one) ? two : one;
  const lower = Math.max(one.lower ?? -Infinity, two.lower ?? -Infinity);
  return {
    ...best,
    lower: lower === -Infinity ? null : lower,
    seconds: Math.max(one.seconds, two.seconds),
  };
}
