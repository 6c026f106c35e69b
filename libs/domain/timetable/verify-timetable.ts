import type { MeetingPlacement, Timetable, TimetableInput, TimetableMeeting } from './timetable.js';
import {
  brokenAlone,
  isTooFar,
  type AddViolation,
  type PlacedMeeting,
  type TimetableRule,
  type TimetableViolation,
} from './verify-placement.js';
import { verifyObjective } from './verify-objective.js';
import { verifyUnplaced } from './verify-unplaced.js';

/**
 * Checks a timetable from its definition alone; shares no code with the builders. Empty means that it is
 * feasible, its figures are right and nothing is left out that would fit as it stands. O(M·S·T·k).
 * @param demands `all`: every meeting that may take place has one and the spread of breaks is within `fairness`
 */
export function verifyTimetable(
  input: TimetableInput,
  timetable: Timetable,
  demands: 'all' | 'possible' = 'possible',
): TimetableViolation[] {
  const violations: TimetableViolation[] = [];
  const add: AddViolation = (rule, subject) => violations.push({ rule, subject });
  const meetings = new Map(input.meetings.map((meeting) => [meeting.id, meeting]));
  const seen = new Set<string>();
  const places: PlacedMeeting[] = [];
  for (const placement of timetable.placements) {
    const place = placeOf(input, meetings, placement);
    if (!place) {
      add('unknown-id', Object.values(placement).join(' '));
      continue;
    }
    if (seen.has(placement.meetingId)) add('placed-twice', placement.meetingId);
    seen.add(placement.meetingId);
    places.push(place);
    for (const rule of brokenAlone(input, place)) add(rule, placement.meetingId);
  }
  checkBookings(places, add);
  checkTogether(input, places, add);
  for (const { meetingId, reason } of timetable.unplaced) {
    if (!meetings.has(meetingId)) add('unknown-id', meetingId);
    else if (seen.has(meetingId)) add('placed-twice', meetingId);
    seen.add(meetingId);
    if (demands === 'all' && reason !== 'no-thanks' && reason !== 'blocked')
      add('missing-meeting', meetingId);
  }
  for (const { id } of input.meetings) if (!seen.has(id)) add('missing-meeting', id);
  verifyUnplaced(input, timetable, places, add);
  verifyObjective(input, timetable, places, add);
  if (demands === 'all' && timetable.objective.unfair > 0)
    add('fairness', String(timetable.objective.unfair));
  return violations;
}

function placeOf(
  input: TimetableInput,
  meetings: ReadonlyMap<string, TimetableMeeting>,
  { meetingId, slotId, tableId }: MeetingPlacement,
): PlacedMeeting | null {
  const meeting = meetings.get(meetingId);
  const first = input.slots.findIndex(({ id }) => id === slotId);
  const table = input.tables.find(({ id }) => id === tableId);
  if (!meeting || first < 0 || !table) return null;
  return { meeting, slots: Array.from({ length: meeting.length ?? 1 }, (_, i) => first + i), table };
}

function checkBookings(places: readonly PlacedMeeting[], add: AddViolation): void {
  const bookings = new Set<string>();
  const book = (rule: TimetableRule, key: string): void => {
    if (bookings.has(key)) add(rule, key);
    bookings.add(key);
  };
  for (const { meeting, slots, table } of places) {
    for (const slot of slots) {
      book('table-double-booked', `table ${table.id} ${slot}`);
      for (const id of meeting.participantIds) book('participant-double-booked', `participant ${id} ${slot}`);
    }
  }
}

function checkTogether(input: TimetableInput, places: readonly PlacedMeeting[], add: AddViolation): void {
  const byId = new Map(places.map((place) => [place.meeting.id, place]));
  for (const place of places) {
    for (const id of place.meeting.after ?? []) {
      const before = byId.get(id);
      if (before && (before.slots.at(-1) ?? 0) >= (place.slots[0] ?? 0)) add('order', place.meeting.id);
    }
  }
  const has = (place: PlacedMeeting, id: string) => place.meeting.participantIds.includes(id);
  for (const { id, maxMeetings } of input.participants) {
    const own = places.filter((place) => has(place, id));
    if (own.length > (maxMeetings ?? Infinity)) add('maximum', id);
    if (input.travel === undefined) continue;
    for (const a of own)
      for (const b of own) if (isTooFar(input, a, b)) add('travel', `${id} ${b.meeting.id}`);
  }
  for (const { group, max } of input.quotas ?? []) {
    const ids = input.participants
      .filter((participant) => participant.groups?.includes(group))
      .map(({ id }) => id);
    const count = places.filter((place) => ids.some((id) => has(place, id))).length;
    if (count > (max ?? Infinity)) add('maximum', group);
  }
}
