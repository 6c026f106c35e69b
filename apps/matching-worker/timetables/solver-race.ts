import type { SearchLine } from '#libs/domain/timetable/exact/minimise-by-bounds.js';
import type { SolvedTimetable } from '#libs/domain/timetable/solve-timetable.js';

const STOP = 0;
const PROVED: Readonly<Record<SearchLine, number>> = { steady: 1, hasty: 2 };

export const isProved = ({ status }: SolvedTimetable): boolean =>
  status === 'optimal' || status === 'infeasible';

/**
 * What lines that solve the same timetable in threads of their own share: whether somebody stopped them, and after how
 * much work each has proved its answer. The proof that took less work holds, `steady` when equal, whichever came first by
 * the clock: so a line that has a proof ahead of it goes on until it has done as much work, and the same input gives the
 * same timetable on slow and fast machines. 0 = not yet.
 */
export class SolverRace {
  constructor(readonly shared: Int32Array = new Int32Array(new SharedArrayBuffer(12))) {}

  stop(): void {
    Atomics.store(this.shared, STOP, 1);
  }

  noteProof(line: SearchLine, work: number): void {
    Atomics.store(this.shared, PROVED[line], work);
  }

  /** Stopped, or lost. */
  isOver(line: SearchLine, work: number): boolean {
    if (Atomics.load(this.shared, STOP) > 0) return true;
    const other = Atomics.load(this.shared, PROVED[line === 'steady' ? 'hasty' : 'steady']);
    return other > 0 && (line === 'steady' ? work > other : work >= other);
  }
}
