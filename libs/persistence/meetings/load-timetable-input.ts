import { createHash } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import type { LateChange } from '#libs/domain/meetings/late-change.js';
import type {
  MeetingPlacement,
  TimetableInput,
  TimetableMeeting,
  TimetableParticipant,
} from '#libs/domain/timetable/timetable.js';
import type { EventGrid } from './event-grid.js';
import {
  boundsAfter,
  groupsOf,
  loadLimits,
  quotaOf,
  type MeetingLimits,
  type MeetingMember,
} from './load-limits.js';
import { runningMeetings } from './running-meetings.js';
import { loadTimetabledMeetings, type TimetabledMeeting } from './timetabled-meetings.js';
import { unavailableTimes } from './unavailable-times.js';

/** What people were already promised goes before what they only asked for, then the better match. */
const PROMISED = 1_000;

/** Breaks of two people differ by no more than this, as far as possible (Bofill et al., JAIR 74, 2022). */
const FAIR_SPREAD = 2;

/**
 * What is to be timetabled at an event: slots that may still be used, tables, people and their meetings. With a late
 * `change`, only what is published, as it would be then, and the meetings it adds.
 */
export async function loadTimetableInput(
  manager: EntityManager,
  grid: EventGrid,
  seed: number,
  change: LateChange | null = null,
): Promise<TimetableInput> {
  const all = await loadTimetabledMeetings(manager, grid);
  const limits = await loadLimits(manager, grid.eventId);
  const meetings = afterChange(
    all.filter((meeting) => !meeting.settled),
    change,
  );
  const settled = all.filter((meeting) => meeting.settled);
  const running = runningMeetings(settled, grid);
  const participants = await loadParticipants(manager, grid, meetings, settled, limits);
  if (change?.kind === 'away')
    participants.find(({ id }) => id === change.personId)?.unavailable.push({ ...change.span });
  const placeIn = gridPlaces(grid);
  const previous = meetings.flatMap((meeting): MeetingPlacement[] => {
    const place = meeting.status === 'scheduled' ? placeIn(meeting.startsAt, meeting.tableId) : null;
    return place === null ? [] : [{ meetingId: meeting.id, ...place }];
  });
  return {
    slots: [...grid.open],
    tables: grid.tables.map(({ id, label, room, features }) => ({ id, label, room, features })),
    participants: [...participants, ...running.participants],
    meetings: [
      ...meetings.map((meeting): TimetableMeeting => toMeeting(meeting, grid, placeIn)),
      ...running.meetings,
    ],
    previous,
    fairness: FAIR_SPREAD,
    travel: travelIn(grid),
    quotas: [...limits.groups].map(([group, bounds]) =>
      quotaOf(
        group,
        boundsAfter(
          bounds,
          countOf(settled, (member) => groupsOf(member).includes(group)),
        ),
      ),
    ),
    seed,
  };
}

/** A hash of an input: two with the same one are the same. */
export const basisOf = (input: TimetableInput): string =>
  createHash('sha256').update(JSON.stringify(input)).digest('hex');

/** Only what is published takes part in a late change, and what it adds. */
function afterChange(
  meetings: readonly TimetabledMeeting[],
  change: LateChange | null,
): readonly TimetabledMeeting[] {
  if (change === null) return meetings;
  const { kind } = change;
  const named = new Set(kind === 'away' ? [] : change.meetingIds);
  return meetings.filter(
    ({ id, status }) =>
      (status === 'scheduled' && !(kind === 'cancel' && named.has(id))) || (kind === 'add' && named.has(id)),
  );
}

function toMeeting(meeting: TimetabledMeeting, grid: EventGrid, placeIn: PlaceIn): TimetableMeeting {
  const isPromised = meeting.status === 'scheduled';
  const homes = [meeting.instituteId, meeting.enterpriseId].map(
    (organisationId) => grid.tables.find((table) => table.homeOrganisationId === organisationId)?.id,
  );
  return {
    id: meeting.id,
    participantIds: meeting.members.map((member) => member.personId),
    // People were promised these: they go before everything that is only asked for.
    wish: isPromised ? 'must' : meeting.wish,
    priority: (isPromised ? PROMISED : 0) + Math.round(100 * (meeting.score ?? 0)),
    length: meeting.length,
    features: meeting.features,
    homeTableId: homes.find((id) => id !== undefined) ?? null,
    // Locked where the organizer last saw it: in the draft, else as published.
    locked: meeting.locked
      ? (placeIn(meeting.draftStartsAt, meeting.draftTableId) ?? placeIn(meeting.startsAt, meeting.tableId))
      : null,
  };
}

async function loadParticipants(
  manager: EntityManager,
  grid: EventGrid,
  meetings: readonly TimetabledMeeting[],
  settled: readonly TimetabledMeeting[],
  limits: MeetingLimits,
): Promise<TimetableParticipant[]> {
  const members = meetings.flatMap((meeting) => meeting.members);
  const ids = [...new Set(members.map((member) => member.personId))].sort();
  const unavailable = await unavailableTimes(manager, grid.eventId, ids);
  const groups = new Map<string, Set<string>>();
  for (const member of members) {
    const known = groups.get(member.personId) ?? new Set();
    groupsOf(member).forEach((group) => known.add(group));
    groups.set(member.personId, known);
  }
  return ids.map((id) => {
    const { min, max } = boundsAfter(
      limits.people.get(id),
      countOf(settled, (member) => member.personId === id),
    );
    // Somebody in a meeting that began before and still runs is busy until it ends.
    const busy = settled.flatMap(({ members: own, startsAt, endsAt }) =>
      startsAt !== null && endsAt !== null && own.some((member) => member.personId === id)
        ? [{ start: startsAt.getTime(), end: endsAt.getTime() }]
        : [],
    );
    const away = [...(unavailable.get(id) ?? []), ...busy];
    return {
      id,
      unavailable: away,
      minMeetings: min,
      maxMeetings: max,
      groups: [...(groups.get(id) ?? [])].sort(),
    };
  });
}

const countOf = (meetings: readonly TimetabledMeeting[], is: (member: MeetingMember) => boolean): number =>
  meetings.filter(({ members, status }) => status !== 'no_show' && members.some(is)).length;

/** Minutes between any two rooms of the event. */
function travelIn(grid: EventGrid): { from: string; to: string; minutes: number }[] {
  const minutes = grid.roomChangeMinutes;
  const rooms = [...new Set(grid.tables.flatMap(({ room }) => (room === null ? [] : [room])))].sort();
  if (minutes === 0) return [];
  return rooms.flatMap((from, at) => rooms.slice(at + 1).map((to) => ({ from, to, minutes })));
}

type PlaceIn = (startsAt: Date | null, tableId: string | null) => { slotId: string; tableId: string } | null;

/** A time and table as slot and table of the grid; null when the grid no longer has them. */
function gridPlaces(grid: EventGrid): PlaceIn {
  const slots = new Map(grid.open.map((slot) => [slot.start, slot.id]));
  const tables = new Set(grid.tables.map((table) => table.id));
  return (startsAt, tableId) => {
    const slotId = startsAt === null ? undefined : slots.get(startsAt.getTime());
    return slotId === undefined || tableId === null || !tables.has(tableId) ? null : { slotId, tableId };
  };
}
