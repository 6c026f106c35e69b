import { assignTables, preferHomes } from './assign-tables.js';
import { buildTimetable, LEAST_EFFORT, meetingOrder } from './build-timetable.js';
import { describeTimetable } from './describe-timetable.js';
import { makeCadical } from './exact/cadical-solver.js';
import { countReasons, type InfeasibleReason } from './exact/explain-infeasible.js';
import { findConflict } from './exact/find-conflict.js';
import type { GoalName } from './exact/goals.js';
import type { SearchLine } from './exact/minimise-by-bounds.js';
import type { MakeSolver } from './exact/sat-solver.js';
import type { Found } from './exact/search.js';
import { kindsOfTables } from './exact/encode-tables.js';
import { estimateClauses } from './exact/estimate-clauses.js';
import { solveExact, type ExactResult } from './exact/solve-exact.js';
import { isWorse } from './compare-timetables.js';
import { seatAtHomes } from './seat-at-homes.js';
import type { Timetable, TimetableInput } from './timetable.js';
import { indexTimetable, type TimetableIndex } from './timetable-index.js';

/** Clauses above which the exact method is not tried: about 1 GB and ten seconds before the first answer. */
const MAX_CLAUSES = 4_000_000;
/** Seconds that may be spent on a reason when it is proved that there is none. */
const REASON_SECONDS = 4;
/** Share of the time after which it is no longer tried to place all. */
const ALL_SHARE = 0.4;

export interface SolveOptions {
  /** `all`: every meeting, and `fairness` is a rule (the problem of the literature); `possible`: as much as fits. */
  demand: 'all' | 'possible';
  /** Seconds of the clock that `elapsed` reads. */
  limit: number;
  elapsed: () => number;
  cancelled?: () => boolean;
  report?: (progress: SolveProgress) => void;
  makeSolver?: MakeSolver;
  /** Default: `steady`. */
  line?: SearchLine;
}

/** How far the work is. For every goal in turn: no timetable is better than `lower`, the best has `upper`. */
export interface SolveProgress {
  stage: 'construct' | GoalName;
  best: Timetable | null;
  lower: number | null;
  upper: number | null;
  seconds: number;
}

/** `optimal`: proved, goal by goal. `gap`: the best found, with a bound. `infeasible`: proved that there is none. */
export type SolveStatus = 'optimal' | 'gap' | 'infeasible' | 'unknown';

export interface SolvedTimetable {
  status: SolveStatus;
  timetable: Timetable | null;
  /** The goal that is not proved, or the breaks. */
  goal: GoalName;
  lower: number | null;
  upper: number | null;
  /** Why not all meetings fit, the plainest first; empty when all do or nothing is known. */
  reasons: InfeasibleReason[];
}

/**
 * The best timetable of an input, with proof as far as the time allows.
 * 1. Something at once: construct and repair. 2. Count whether all can fit. 3. Exact method with all meetings
 * required, where the implied constraints are strongest. 4. When that is infeasible and not demanded, exact method
 * with optional meetings: missed musts, shortfall, satisfaction, moves, max-min fairness, spread, breaks.
 * Ended by the limit, the answer depends on the speed of the machine; otherwise only on the input.
 * @throws InvalidTimetableInputError
 */
export async function solveTimetable(input: TimetableInput, options: SolveOptions): Promise<SolvedTimetable> {
  const run = new SolveRun(input, options);
  run.construct();
  if (options.cancelled?.()) return run.answer(null, []);
  const reasons = countReasons(input, run.index);
  if (reasons.length === 0 && run.canModel) {
    const result = await run.solve('all', options.demand === 'all' ? options.limit : run.share(ALL_SHARE));
    if (result.status === 'optimal' || (result.status === 'gap' && options.demand === 'all'))
      return run.answer(result, []);
    if (result.status === 'infeasible') reasons.push(await run.conflict());
    else if (result.best !== null) return run.answer(result, []);
  }
  if (options.demand === 'all') return run.without(reasons);
  if (!run.canModel) return run.answer(null, reasons);
  return run.answer(await run.solve('possible', options.limit), reasons);
}

class SolveRun {
  readonly index: TimetableIndex;
  readonly canModel: boolean;
  private best: Timetable | null = null;
  private from: Int32Array | null = null;

  constructor(
    private readonly input: TimetableInput,
    private readonly options: SolveOptions,
  ) {
    this.index = indexTimetable(input);
    this.canModel = estimateClauses(this.index) <= MAX_CLAUSES;
  }

  /** Two rounds: something at once, then something good. */
  construct(): void {
    const rounds = this.options.demand === 'all' ? [LEAST_EFFORT] : [LEAST_EFFORT, undefined];
    for (const effort of rounds) {
      this.take(buildTimetable(this.input, effort), 'construct', null, null);
      if (this.options.cancelled?.()) return;
    }
  }

  share(part: number): number {
    const now = this.options.elapsed();
    return now + part * (this.options.limit - now);
  }

  solve(demand: 'all' | 'possible', limit: number): Promise<ExactResult> {
    const { input, index, options } = this;
    let lower: number | null = null;
    let stage: GoalName = 'breaks';
    return solveExact(
      {
        index,
        required: index.members.map((_, m) => demand === 'all' && index.barred[m] === null),
        fairness: input.fairness ?? null,
        fairnessIsHard: options.demand === 'all',
        seed: input.seed,
      },
      {
        makeSolver: options.makeSolver ?? makeCadical,
        line: options.line ?? 'steady',
        elapsed: options.elapsed,
        limit,
        cancelled: options.cancelled ?? (() => false),
        from: this.from,
        onBetter: (found) => this.take(this.timetableOf(found), stage, lower, null),
        onBounds: (goal, least, most) => {
          [stage, lower] = [goal, least];
          this.tell(goal, least, most);
        },
      },
    );
  }

  conflict(): Promise<InfeasibleReason> {
    const { input, index, options } = this;
    const until = Math.min(this.share(0.5), options.elapsed() + REASON_SECONDS);
    const stop = () => options.elapsed() > until || (options.cancelled?.() ?? false);
    return findConflict(input, index, { makeSolver: options.makeSolver ?? makeCadical, stop });
  }

  answer(result: ExactResult | null, reasons: InfeasibleReason[]): SolvedTimetable {
    const bounds = { goal: result?.goal ?? ('satisfaction' as const), lower: null, upper: null };
    if (result === null || result.best === null)
      return { status: this.best === null ? 'unknown' : 'gap', timetable: this.best, ...bounds, reasons };
    const { status, goal, lower, upper } = result;
    const own = this.timetableOf(result.best);
    const timetable = this.best && isWorse(this.input, own, this.best) ? this.best : own;
    return { status, timetable, goal, lower, upper, reasons };
  }

  /** Not all fit, or it is not known. */
  without(reasons: InfeasibleReason[]): SolvedTimetable {
    const status = reasons.length > 0 ? 'infeasible' : 'unknown';
    return { status, timetable: null, goal: 'breaks', lower: null, upper: null, reasons };
  }

  private timetableOf({ slots, kinds }: Found): Timetable {
    const { input, index } = this;
    const groups = index.alike ? null : kindsOfTables(index);
    const tablesOf = (m: number) => groups?.[kinds[m] ?? -1] ?? index.tables[m] ?? [];
    const tables = assignTables(index, slots, tablesOf, meetingOrder(input));
    if (groups === null) return describeTimetable(input, slots, tables);
    preferHomes(index, slots, tables);
    const proved = describeTimetable(input, slots, tables);
    // As good by every goal, and at the tables people like.
    const seats = seatAtHomes(index, slots, meetingOrder(input));
    const seated = seats === null ? null : describeTimetable(input, slots, seats);
    return seated === null || isWorse(input, seated, proved) ? proved : seated;
  }

  private take(
    timetable: Timetable,
    stage: SolveProgress['stage'],
    lower: number | null,
    upper: number | null,
  ): void {
    const { demand } = this.options;
    const { unplaced, objective } = timetable;
    const missing = unplaced.some(({ reason }) => reason !== 'no-thanks' && reason !== 'blocked');
    if (demand === 'all' && (missing || objective.unfair > 0)) return;
    if (this.best !== null && !isWorse(this.input, this.best, timetable)) return;
    this.best = timetable;
    const position = new Map(this.input.slots.map(({ id }, s) => [id, s]));
    const places = new Map(timetable.placements.map(({ meetingId, slotId }) => [meetingId, slotId]));
    this.from = Int32Array.from(this.input.meetings, ({ id }) => position.get(places.get(id) ?? '') ?? -1);
    this.tell(stage, lower, upper);
  }

  private tell(stage: SolveProgress['stage'], lower: number | null, upper: number | null): void {
    const { report, elapsed } = this.options;
    report?.({ stage, best: this.best, lower, upper, seconds: elapsed() });
  }
}
