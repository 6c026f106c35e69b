import type { TimetableIndex } from '../timetable-index.js';
import { encodeBreaks } from './encode-breaks.js';
import { encodePlaces, type PlaceVariables } from './encode-places.js';
import { Formula, NO } from './formula.js';
import { buildGoals, type Goal, type GoalName } from './goals.js';
import { seededRandom } from '../seeded-random.js';
import { Neighbourhoods } from './improve-around.js';
import { beginAtBound, type KnownBound, minimiseByBounds, type SearchLine } from './minimise-by-bounds.js';
import { minimiseByCores } from './minimise-by-cores.js';
import type { Literal, MakeSolver, SatStatus } from './sat-solver.js';
import { Search, type Found } from './search.js';

/** A timetable as clauses. */
export interface ExactModel {
  formula: Formula;
  places: PlaceVariables;
  goals: Goal[];
}

export interface ExactRequest {
  index: TimetableIndex;
  /** Meetings that take place in every model. */
  required: readonly boolean[];
  /** Allowed spread of breaks; null = any. */
  fairness: number | null;
  /** When false, spreading more is a goal before the breaks instead of impossible. */
  fairnessIsHard: boolean;
  seed: number;
}

export interface ExactControl {
  makeSolver: MakeSolver;
  line: SearchLine;
  /** Seconds since the work began, and when it has to end. */
  elapsed(): number;
  limit: number;
  cancelled(): boolean;
  /** A place to begin with: slot of each meeting, -1 = none. */
  from: Int32Array | null;
  onBetter(found: Found): void;
  onBounds(goal: GoalName, lower: number, upper: number): void;
}

export interface ExactResult {
  /** `unknown`: stopped before any model was found. */
  status: 'optimal' | 'gap' | 'infeasible' | 'unknown';
  best: Found | null;
  /** The first goal that is not proved, or the last one. */
  goal: GoalName;
  lower: number;
  upper: number;
}

/** The clauses and goals of a request. */
export function modelTimetable({ index, required, fairness, fairnessIsHard }: ExactRequest): ExactModel {
  const formula = new Formula();
  const places = encodePlaces(formula, index, required);
  const breaks = encodeBreaks(formula, index, places, fairness);
  if (fairnessIsHard) {
    for (const literal of breaks.unfair) formula.add(-literal);
    breaks.unfair = [];
  }
  return { formula, places, goals: buildGoals(formula, index, places, breaks) };
}

/**
 * Solves a timetable to proven optimality, goal by goal in lexicographic order; anytime: stopped early it has the
 * best found and a bound. Same request, same limits in conflicts: same answer.
 */
export async function solveExact(request: ExactRequest, control: ExactControl): Promise<ExactResult> {
  const { formula, places, goals } = modelTimetable(request);
  let until = control.limit;
  const stop = () => control.cancelled() || control.elapsed() >= until;
  const solver = await control.makeSolver({ seed: request.seed, stop });
  try {
    const read = () => readPlaces(places, (literal) => solver.value(literal));
    const search = new Search(formula, solver, goals, read, (found) => control.onBetter(found));
    const random = seededRandom(request.seed);
    const around = new Neighbourhoods(search, places, request.index.meetingsOf, random);
    const { first, known } = begin(search, places, control);
    if (first === 'unsatisfiable')
      return { status: 'infeasible', best: null, goal: 'breaks', lower: 0, upper: 0 };
    let gap: Pick<ExactResult, 'goal' | 'lower' | 'upper'> | null = null;
    for (let g = 0; g < goals.length && search.best !== null; g++) {
      const [goal, last] = [goals[g]?.name ?? 'breaks', g === goals.length - 1];
      const now = control.elapsed();
      until = last ? control.limit : now + (control.limit - now) / 2;
      const result = last
        ? minimiseByBounds(search, g, { around, line: control.line, known }, stop, (lower) =>
            control.onBounds(goal, lower, search.best?.costs[g] ?? lower),
          )
        : minimiseByCores(search, g);
      const upper = search.best.costs[g] ?? 0;
      control.onBounds(goal, result.lower, upper);
      if (!result.proved) {
        gap ??= { goal, lower: result.lower, upper };
        until = control.limit;
        if (!keepAsFound(search, places, g)) break;
      } else if (last) gap ??= null;
    }
    const { best } = search;
    if (best === null) return { status: 'unknown', best, goal: 'breaks', lower: 0, upper: 0 };
    const breaks = best.costs.at(-1) ?? 0;
    return gap === null
      ? { status: 'optimal', best, goal: 'breaks', lower: breaks, upper: breaks }
      : { status: 'gap', best, ...gap };
  } finally {
    solver.dispose();
  }
}

/** Conflicts after which a model is hard to find. */
const HARD_TO_BEGIN = 1_000;

/** Looks for a first model: the given places, else any; where that is hard, the patient line tries the best at once. */
function begin(
  search: Search,
  places: PlaceVariables,
  { from, line }: ExactControl,
): { readonly first: SatStatus; readonly known: KnownBound | null } {
  if (from !== null && search.solve(assume(places, from)) === 'satisfiable')
    return { first: 'satisfiable', known: null };
  const first = search.solve([], HARD_TO_BEGIN);
  if (first !== 'unknown') return { first, known: null };
  const atOnce = line === 'steady' && search.goals.length === 1;
  const known = atOnce ? beginAtBound(search) : null;
  return { first: search.best === null ? search.solve([]) : 'satisfiable', known };
}

/** A goal that is not proved stays as good as in the best model while the goals after it are minimised. */
function keepAsFound(search: Search, places: PlaceVariables, g: number): boolean {
  const { best, solver } = search;
  if (best === null || search.solve(assume(places, best.slots)) !== 'satisfiable') return false;
  const kept = (search.goals[g]?.softs ?? []).filter(({ literal }) => solver.value(literal));
  for (const { literal } of kept) search.formula.add(literal);
  return true;
}

function assume({ start, placed }: PlaceVariables, slots: Int32Array): Literal[] {
  return start.map((row, m) => {
    const slot = slots[m] ?? -1;
    return slot >= 0 ? (row[slot] ?? NO) : -(placed[m] ?? NO);
  });
}

function readPlaces(
  { start, tables }: PlaceVariables,
  value: (literal: Literal) => boolean,
): Pick<Found, 'slots' | 'kinds'> {
  const slots = Int32Array.from(start, (row) => row.findIndex((literal) => literal !== NO && value(literal)));
  const kinds = Int32Array.from(start, (_, m) =>
    (slots[m] ?? -1) < 0
      ? -1
      : (tables?.seat[m]?.findIndex((literal) => literal !== NO && value(literal)) ?? -1),
  );
  return { slots, kinds };
}
