import type { EntityManager } from 'typeorm';
import { checkMove, type MoveConflict, type SeatedPlace } from '#libs/domain/meetings/check-move.js';
import { checkRules, type PlaceRules, type RuleConflict } from '#libs/domain/meetings/check-rules.js';
import type { EventGrid } from '#libs/persistence/meetings/event-grid.js';
import { groupsOf, loadLimits } from '#libs/persistence/meetings/load-limits.js';
import { unavailableTimes } from '#libs/persistence/meetings/unavailable-times.js';
import type { DraftMeeting } from './placement-rows.js';

export type PlaceConflict = MoveConflict | RuleConflict;

/**
 * What forbids places of a draft's meetings beside all others, the meetings in `ids` having left theirs. By the same
 * rules that timetables are computed by.
 */
export async function findConflicts(
  manager: EntityManager,
  grid: EventGrid,
  meetings: readonly DraftMeeting[],
  places: readonly SeatedPlace[],
  ids: readonly string[] = places.map((place) => place.meetingId),
): Promise<PlaceConflict[]> {
  const moved = new Set(ids);
  const others = meetings.flatMap(({ id, place, personIds }) =>
    place === null || moved.has(id) ? [] : [{ ...place, meetingId: id, personIds }],
  );
  const people = places.flatMap((place) => place.personIds);
  const away = await unavailableTimes(manager, grid.eventId, people);
  const byId = new Map(meetings.map((meeting) => [meeting.id, meeting]));
  const needy = places.map((place) => ({ ...place, features: byId.get(place.meetingId)?.features ?? [] }));
  const added = new Set(places.map((place) => place.meetingId).filter((id) => byId.get(id)?.place === null));
  const rules = await loadRules(manager, grid, meetings);
  return [...checkMove(places, others, away), ...checkRules(needy, others, added, rules)];
}

/** The rules of an event about places that other meetings do not decide. */
export async function loadRules(
  manager: EntityManager,
  grid: EventGrid,
  meetings: readonly DraftMeeting[],
): Promise<PlaceRules> {
  const limits = await loadLimits(manager, grid.eventId);
  const maxima = (bounds: typeof limits.people) =>
    new Map([...bounds].flatMap(([id, { max }]) => (max === null ? [] : [[id, max] as const])));
  const groups = new Map<string, string[]>();
  for (const member of meetings.flatMap((meeting) => meeting.members))
    groups.set(member.personId, [...(groups.get(member.personId) ?? []), ...groupsOf(member)]);
  return {
    tables: new Map(grid.tables.map((table) => [table.id, table])),
    roomChangeMinutes: grid.roomChangeMinutes,
    maxOf: maxima(limits.people),
    maxOfGroup: maxima(limits.groups),
    groupsOf: groups,
  };
}
