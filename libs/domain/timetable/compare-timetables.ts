import type { Timetable, TimetableObjective } from './timetable.js';

/** Figures in the order of weight, the less the better. */
export function costsOf({
  missedMust,
  shortfall,
  satisfaction,
  moved,
  unfair,
  breaks,
}: TimetableObjective): number[] {
  return [missedMust, shortfall, -satisfaction, moved, unfair, breaks];
}

/** The second is better than the first, as far as their figures tell. */
export function isWorse(first: Timetable, second: Timetable): boolean {
  const [a, b] = [costsOf(first.objective), costsOf(second.objective)];
  const at = a.findIndex((cost, i) => cost !== b[i]);
  return at >= 0 && (a[at] ?? 0) > (b[at] ?? 0);
}
