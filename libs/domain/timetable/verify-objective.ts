import type { Timetable, TimetableInput, TimetableObjective } from './timetable.js';
import type { AddViolation, PlacedMeeting } from './verify-placement.js';

/** Recomputes every figure of a timetable from its placements. */
export function verifyObjective(
  input: TimetableInput,
  timetable: Timetable,
  places: readonly PlacedMeeting[],
  add: AddViolation,
): void {
  const expected = objectiveOf(input, timetable, places);
  for (const [figure, value] of Object.entries(expected))
    if (Object.entries(timetable.objective).every(([name, given]) => name !== figure || given !== value))
      add('objective', figure);
}

/** The figures from their definitions. */
export function objectiveOf(
  input: TimetableInput,
  timetable: Pick<Timetable, 'placements'>,
  places: readonly PlacedMeeting[],
): TimetableObjective {
  const placed = new Set(places.map(({ meeting }) => meeting.id));
  const breaks = input.participants.map(({ id }) => breaksOf(input, places, id));
  const missing = (count: number, min: number | null | undefined) => Math.max(0, (min ?? 0) - count);
  const ofPeople = (ids: readonly string[]) =>
    places.filter(({ meeting }) => meeting.participantIds.some((id) => ids.includes(id))).length;
  const membersOf = (group: string) =>
    input.participants.filter((participant) => participant.groups?.includes(group)).map(({ id }) => id);
  return {
    placed: timetable.placements.length,
    missedMust: input.meetings.filter(({ id, wish }) => wish === 'must' && !placed.has(id)).length,
    shortfall: sum([
      ...input.participants.map(({ id, minMeetings }) =>
        minMeetings ? missing(ofPeople([id]), minMeetings) : 0,
      ),
      ...(input.quotas ?? []).map(({ group, min }) => missing(ofPeople(membersOf(group)), min)),
    ]),
    satisfaction: sum(
      input.meetings
        .filter(({ id }) => placed.has(id))
        .map(({ priority }) => 1 + Math.max(0, Math.round(priority))),
    ),
    moved: countMoved(input, timetable),
    unfair:
      typeof input.fairness === 'number' && breaks.length > 0
        ? Math.max(0, Math.max(...breaks) - Math.min(...breaks) - input.fairness)
        : 0,
    breaks: sum(breaks),
  };
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

function breaksOf(input: TimetableInput, places: readonly PlacedMeeting[], id: string): number {
  const busy = new Set(
    places.filter(({ meeting }) => meeting.participantIds.includes(id)).flatMap(({ slots }) => slots),
  );
  const pattern = input.slots.map((_, s) => (busy.has(s) ? 'x' : '.')).join('');
  return pattern.match(/x\.+(?=x)/g)?.length ?? 0;
}

function countMoved(input: TimetableInput, { placements }: Pick<Timetable, 'placements'>): number {
  const now = new Map(placements.map((placement) => [placement.meetingId, placement]));
  const wanted = new Set(input.meetings.map(({ id }) => id));
  return (input.previous ?? []).filter(({ meetingId, slotId, tableId }) => {
    const after = now.get(meetingId);
    return wanted.has(meetingId) && (after?.slotId !== slotId || after.tableId !== tableId);
  }).length;
}
