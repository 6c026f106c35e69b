import { overlaps, type Interval } from '../time/interval.js';
import type { MeetingPlace } from './compare-places.js';

export interface SeatedPlace extends MeetingPlace {
  readonly personIds: readonly string[];
}

export type MoveConflict =
  | {
      readonly kind: 'person-busy';
      readonly meetingId: string;
      readonly personId: string;
      readonly otherId: string;
    }
  | { readonly kind: 'table-busy'; readonly meetingId: string; readonly otherId: string }
  | { readonly kind: 'person-away'; readonly meetingId: string; readonly personId: string };

/**
 * What forbids putting meetings where `moved` says beside `others` (which do not contain them): people or tables that
 * are taken, and people who are away (`away`: spans by person id). In the order of the arguments. O(n·m).
 */
export function checkMove(
  moved: readonly SeatedPlace[],
  others: readonly SeatedPlace[],
  away: ReadonlyMap<string, readonly Interval[]>,
): MoveConflict[] {
  return moved.flatMap((place, index) => {
    const { meetingId } = place;
    const beside = [...others, ...moved.slice(0, index)].filter((other) => overlaps(other, place));
    const conflicts: MoveConflict[] = [];
    for (const other of beside) {
      const personId = place.personIds.find((id) => other.personIds.includes(id));
      if (personId !== undefined) {
        conflicts.push({ kind: 'person-busy', meetingId, personId, otherId: other.meetingId });
      } else if (other.tableId === place.tableId) {
        conflicts.push({ kind: 'table-busy', meetingId, otherId: other.meetingId });
      }
    }
    for (const personId of place.personIds) {
      if (away.get(personId)?.some((span) => overlaps(span, place))) {
        conflicts.push({ kind: 'person-away', meetingId, personId });
      }
    }
    return conflicts;
  });
}
