import type { Timetable, TimetableInput } from '#libs/domain/timetable/timetable.js';
import type { SolvedTimetable, SolveProgress } from '#libs/domain/timetable/solve-timetable.js';

/** What the thread is started with; data only. */
export interface SolverTask {
  readonly input: TimetableInput;
  /** Seconds after which the best found so far is taken. */
  readonly limit: number;
  /** One shared integer; above 0 the thread ends with the best found so far. */
  readonly stop: Int32Array;
}

/** Progress as rows have it: figures only. */
export interface SolverProgress extends Pick<SolveProgress, 'stage' | 'lower' | 'upper' | 'seconds'> {
  readonly objective: Timetable['objective'] | null;
}

export type SolverReply =
  | { readonly kind: 'progress'; readonly progress: SolverProgress }
  | { readonly kind: 'solved'; readonly solved: SolvedTimetable };
