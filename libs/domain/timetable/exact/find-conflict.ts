import type { TimetableInput } from '../timetable.js';
import type { TimetableIndex } from '../timetable-index.js';
import type { InfeasibleReason } from './explain-infeasible.js';
import { modelTimetable } from './solve-exact.js';
import type { Literal, MakeSolver, SatSolver } from './sat-solver.js';

export interface ConflictControl {
  makeSolver: MakeSolver;
  stop: () => boolean;
}

const SHRINK_UP_TO = 40;
const SHRINK_CONFLICTS = 2_000;

/**
 * Few meetings that cannot all take place, found as an unsatisfiable core and made smaller one by one; or the
 * spread of breaks, when without it all fit. For inputs proved infeasible.
 */
export async function findConflict(
  input: TimetableInput,
  index: TimetableIndex,
  control: ConflictControl,
): Promise<InfeasibleReason> {
  if (typeof input.fairness === 'number' && (await allFit(input, index, control)))
    return { kind: 'fairness', bound: input.fairness };
  const { formula, places } = modelTimetable({
    index,
    required: index.members.map(() => false),
    fairness: null,
    fairnessIsHard: true,
    seed: input.seed,
  });
  const solver = await control.makeSolver({ seed: input.seed, stop: control.stop });
  try {
    formula.drain((clause) => solver.addClause(clause));
    const meetingOf = new Map<Literal, number>();
    places.placed.forEach((literal, m) => index.barred[m] || meetingOf.set(literal, m));
    if (solver.solve({ assumptions: [...meetingOf.keys()] }) !== 'unsatisfiable')
      return { kind: 'contradiction' };
    const core = shrink(solver);
    const meetings = core.flatMap((literal) => meetingOf.get(literal) ?? []).sort((a, b) => a - b);
    const people = new Set(meetings.flatMap((m) => input.meetings[m]?.participantIds ?? []));
    return {
      kind: 'conflict',
      meetingIds: meetings.map((m) => input.meetings[m]?.id ?? ''),
      participantIds: input.participants.map(({ id }) => id).filter((id) => people.has(id)),
    };
  } finally {
    solver.dispose();
  }
}

/** All meetings fit when breaks may be spread in any way; false also when there was no time to see. */
async function allFit(
  input: TimetableInput,
  index: TimetableIndex,
  { makeSolver, stop }: ConflictControl,
): Promise<boolean> {
  const required = index.barred.map((barred) => barred === null);
  const { formula } = modelTimetable({
    index,
    required,
    fairness: null,
    fairnessIsHard: true,
    seed: input.seed,
  });
  const solver = await makeSolver({ seed: input.seed, stop });
  try {
    formula.drain((clause) => solver.addClause(clause));
    return solver.solve({}) === 'satisfiable';
  } finally {
    solver.dispose();
  }
}

function shrink(solver: SatSolver): Literal[] {
  let core = solver.core();
  for (let i = 0; i < core.length && core.length <= SHRINK_UP_TO;) {
    const without = core.filter((_, at) => at !== i);
    const shorter = solver.solve({ assumptions: without, conflicts: SHRINK_CONFLICTS });
    if (shorter === 'unsatisfiable') core = solver.core().sort((a, b) => a - b);
    else i++;
  }
  return core;
}
