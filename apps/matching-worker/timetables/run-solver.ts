import { solveTimetable, type SolvedTimetable } from '#libs/domain/timetable/solve-timetable.js';
import type { SolverProgress, SolverTask } from './solver-messages.js';

/** Solves in this thread, which does nothing else meanwhile. */
export function runSolver(
  { input, limit, stop }: SolverTask,
  tell: (progress: SolverProgress) => void,
): Promise<SolvedTimetable> {
  const from = performance.now();
  return solveTimetable(input, {
    demand: 'possible',
    limit,
    elapsed: () => (performance.now() - from) / 1000,
    cancelled: () => Atomics.load(stop, 0) > 0,
    report: ({ stage, best, lower, upper, seconds }) =>
      tell({ stage, lower, upper, seconds, objective: best?.objective ?? null }),
  });
}
