import { solveTimetable } from '#libs/domain/timetable/solve-timetable.js';
import type { SolverAnswer, SolverReply, SolverTask } from './solver-messages.js';
import { isProved, SolverRace } from './solver-race.js';

/** Solves in this thread, which does nothing else meanwhile. */
export async function runSolver(
  { input, demand, line, began, limit, hardAfter, race: shared }: SolverTask,
  tell: (reply: SolverReply) => void,
): Promise<SolverAnswer> {
  const race = new SolverRace(shared);
  let work = line === 'hasty' ? hardAfter : 0;
  const solved = await solveTimetable(input, {
    demand,
    line,
    limit,
    elapsed: () => (Date.now() - began) / 1000,
    cancelled: () => {
      work += 1;
      if (line === 'steady' && work === hardAfter) tell({ kind: 'hard' });
      return race.isOver(line, work);
    },
    report: ({ stage, best, lower, upper, seconds }) =>
      tell({
        kind: 'progress',
        progress: { stage, lower, upper, seconds, objective: best?.objective ?? null },
      }),
  });
  if (isProved(solved)) race.noteProof(line, work);
  return { solved, work };
}
