import { overlaps } from '../time/interval.js';
import type { SeatedPlace } from './check-move.js';

/** A place with what its meeting needs. */
export interface NeedyPlace extends SeatedPlace {
  readonly features: readonly string[];
}

/** What an event asks of its timetable besides people and tables being free. */
export interface PlaceRules {
  readonly tables: ReadonlyMap<
    string,
    { readonly room: string | null; readonly features: readonly string[] }
  >;
  /** Minutes from a table to one in another room. */
  readonly roomChangeMinutes: number;
  /** Meetings a person, or a group of people, may have at most, by id. */
  readonly maxOf: ReadonlyMap<string, number>;
  readonly maxOfGroup: ReadonlyMap<string, number>;
  /** Groups of a person. */
  readonly groupsOf: ReadonlyMap<string, readonly string[]>;
}

export type RuleConflict =
  | {
      readonly kind: 'table-lacks';
      readonly meetingId: string;
      readonly tableId: string;
      readonly feature: string;
    }
  | {
      readonly kind: 'too-far';
      readonly meetingId: string;
      readonly personId: string;
      readonly otherId: string;
    }
  | {
      readonly kind: 'maximum';
      readonly meetingId: string;
      /** Exactly one of the two is not null. */
      readonly personId: string | null;
      readonly group: string | null;
      readonly max: number;
    };

/**
 * What forbids putting meetings where `moved` says beside `others`, by the event's rules. Maxima are asked of the
 * meetings in `added` only, which had no place before. In the order of the arguments. O(n·m).
 */
export function checkRules(
  moved: readonly NeedyPlace[],
  others: readonly SeatedPlace[],
  added: ReadonlySet<string>,
  rules: PlaceRules,
): RuleConflict[] {
  const all = [...others, ...moved];
  return moved.flatMap((place, index) => [
    ...lacking(place, rules),
    ...tooFar(place, [...others, ...moved.slice(0, index)], rules),
    ...(added.has(place.meetingId) ? beyondMaxima(place, all, rules) : []),
  ]);
}

function lacking({ meetingId, tableId, features }: NeedyPlace, { tables }: PlaceRules): RuleConflict[] {
  const has = tables.get(tableId)?.features ?? [];
  return features
    .filter((feature) => !has.includes(feature))
    .map((feature) => ({ kind: 'table-lacks', meetingId, tableId, feature }));
}

function tooFar(place: NeedyPlace, beside: readonly SeatedPlace[], rules: PlaceRules): RuleConflict[] {
  const roomOf = (tableId: string) => rules.tables.get(tableId)?.room ?? null;
  const room = roomOf(place.tableId);
  const walk = rules.roomChangeMinutes * 60_000;
  if (walk === 0 || room === null) return [];
  return beside.flatMap((other): RuleConflict[] => {
    const there = roomOf(other.tableId);
    const pause = Math.max(other.start - place.end, place.start - other.end);
    if (there === null || there === room || overlaps(other, place) || pause >= walk) return [];
    const personId = place.personIds.find((id) => other.personIds.includes(id));
    return personId === undefined
      ? []
      : [{ kind: 'too-far', meetingId: place.meetingId, personId, otherId: other.meetingId }];
  });
}

function beyondMaxima(place: NeedyPlace, all: readonly SeatedPlace[], rules: PlaceRules): RuleConflict[] {
  const { meetingId, personIds } = place;
  const groupsOf = (id: string) => rules.groupsOf.get(id) ?? [];
  const people = personIds.flatMap((personId): RuleConflict[] => {
    const max = rules.maxOf.get(personId) ?? Infinity;
    const count = all.filter((other) => other.personIds.includes(personId)).length;
    return count > max ? [{ kind: 'maximum', meetingId, personId, group: null, max }] : [];
  });
  const groups = [...new Set(personIds.flatMap(groupsOf))].flatMap((group): RuleConflict[] => {
    const max = rules.maxOfGroup.get(group) ?? Infinity;
    const count = all.filter((other) => other.personIds.some((id) => groupsOf(id).includes(group))).length;
    return count > max ? [{ kind: 'maximum', meetingId, personId: null, group, max }] : [];
  });
  return [...people, ...groups];
}
