import type { SearchLine } from '#libs/domain/timetable/exact/minimise-by-bounds.js';
import type { Timetable, TimetableInput } from '#libs/domain/timetable/timetable.js';
import type { SolvedTimetable, SolveOptions, SolveProgress } from '#libs/domain/timetable/solve-timetable.js';

/** What a thread is started with; data only. */
export interface SolverTask {
  readonly input: TimetableInput;
  readonly demand: SolveOptions['demand'];
  readonly line: SearchLine;
  /** When the work began, in milliseconds since 1970, and seconds after which the best found so far is taken. */
  readonly began: number;
  readonly limit: number;
  /** Looks whether to stop after which the second line begins, which counts as having done as much. */
  readonly hardAfter: number;
  /** See {@link SolverRace}. */
  readonly race: Int32Array;
}

/** Progress as rows have it: figures only. */
export interface SolverProgress extends Pick<SolveProgress, 'stage' | 'lower' | 'upper' | 'seconds'> {
  readonly objective: Timetable['objective'] | null;
}

/** An answer and the work it took, which is the same for the same input on every machine. */
export interface SolverAnswer {
  readonly solved: SolvedTimetable;
  readonly work: number;
}

/** `hard`: the first line has worked for a while, and a second one may help. */
export type SolverReply =
  | { readonly kind: 'progress'; readonly progress: SolverProgress }
  | { readonly kind: 'hard' }
  | ({ readonly kind: 'solved' } & SolverAnswer);
