import type { Timetable, TimetableInput } from './timetable.js';

/**
 * Figures in the order of weight, the less the better: missedMust, shortfall, satisfaction, moved, for k = 1, 2...
 * the participants with less than k meetings (max-min fairness), unfair, breaks. O(M + P·k).
 */
export function costsOf(input: TimetableInput, { placements, objective }: Timetable): number[] {
  const placed = new Set(placements.map(({ meetingId }) => meetingId));
  const counts = new Map<string, number>();
  const asked = new Map<string, number>();
  for (const { id, participantIds } of input.meetings) {
    for (const person of participantIds) {
      asked.set(person, (asked.get(person) ?? 0) + 1);
      if (placed.has(id)) counts.set(person, (counts.get(person) ?? 0) + 1);
    }
  }
  const least = Array.from(
    { length: Math.max(0, ...asked.values()) },
    (_, k) => input.participants.filter(({ id }) => (counts.get(id) ?? 0) <= k).length,
  );
  const { missedMust, shortfall, satisfaction, moved, unfair, breaks } = objective;
  return [missedMust, shortfall, -satisfaction, moved, ...least, unfair, breaks];
}

/** The second is better than the first. */
export function isWorse(input: TimetableInput, first: Timetable, second: Timetable): boolean {
  const [a, b] = [costsOf(input, first), costsOf(input, second)];
  const at = a.findIndex((cost, i) => cost !== b[i]);
  return at >= 0 && (a[at] ?? 0) > (b[at] ?? 0);
}
