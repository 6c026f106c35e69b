import { overlaps, type Interval } from '../time/interval.js';

export interface ScheduledEntry extends Interval {
  readonly id: string;
  /** The event it is or belongs to: a meeting lies within its own event without being in conflict. */
  readonly eventId: string;
  readonly kind: 'event' | 'meeting';
}

/** For every entry the ids of those that overlap it, in the order given. O(n²), n = entries of one person. */
export function findOverlaps(entries: readonly ScheduledEntry[]): Map<string, string[]> {
  const within = (a: ScheduledEntry, b: ScheduledEntry) => a.eventId === b.eventId && a.kind !== b.kind;
  return new Map(
    entries.map((entry) => [
      entry.id,
      entries
        .filter((other) => other.id !== entry.id && overlaps(entry, other) && !within(entry, other))
        .map((other) => other.id),
    ]),
  );
}
