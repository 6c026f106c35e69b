import type { EntityManager } from 'typeorm';
import type { SolvedTimetable } from '#libs/domain/timetable/solve-timetable.js';
import type { TimetableInput } from '#libs/domain/timetable/timetable.js';
import type { SolverProgress } from './solver-messages.js';
import type { TimetableSolver } from './timetable-solver.js';
import { writeProgress } from './write-progress.js';

/** How often progress is written, and looked whether somebody asked to stop. */
const WRITE_MILLISECONDS = 500;

/** Solves in the solver's thread; its progress is in `timetable_progress` meanwhile and afterwards. */
export async function solveWithProgress(
  solver: TimetableSolver,
  manager: EntityManager,
  id: string,
  input: TimetableInput,
  limit: number,
): Promise<SolvedTimetable> {
  const started = performance.now();
  const elapsed = () => (performance.now() - started) / 1000;
  let latest: SolverProgress = { stage: 'construct', objective: null, lower: null, upper: null, seconds: 0 };
  const stopping = new AbortController();
  const writes: Promise<void>[] = [];
  let isWriting = false;
  const write = async () => {
    if (await writeProgress(manager, id, { ...latest, seconds: elapsed() })) stopping.abort();
  };
  const timer = setInterval(() => {
    if (isWriting) return;
    isWriting = true;
    // Progress that cannot be written is no reason to give up the work; the next one may.
    const written = write().catch(() => undefined);
    writes[0] = written.finally(() => (isWriting = false));
  }, WRITE_MILLISECONDS);
  try {
    const onProgress = (progress: SolverProgress) => (latest = progress);
    const solved = await solver.solve({ input, limit, onProgress, signal: stopping.signal });
    clearInterval(timer);
    await Promise.all(writes);
    const { goal: stage, lower, upper, timetable } = solved;
    const objective = timetable?.objective ?? null;
    await writeProgress(manager, id, { stage, objective, lower, upper, seconds: elapsed() }, solved);
    return solved;
  } finally {
    clearInterval(timer);
  }
}
