import { overlaps } from '../time/interval.js';
import { InvalidTimetableInputError, type TimetableInput, type TimetableMeeting } from './timetable.js';

/** The input as numbers: slots, tables, participants and meetings by their position. */
export interface TimetableIndex {
  slotCount: number;
  tableCount: number;
  /** Participants of each meeting. */
  members: number[][];
  /** Meetings of each participant. */
  meetingsOf: number[][];
  /** available[p][s] = 1 when participant p can be met in slot s. */
  available: Uint8Array[];
  /** allowed[m][s] = 1 when all participants of m are available in s and m is not locked elsewhere. */
  allowed: Uint8Array[];
  locked: ({ slot: number; table: number } | null)[];
  home: (number | null)[];
  previous: ({ slot: number | null; table: number | null } | null)[];
  priority: number[];
}

/** @throws InvalidTimetableInputError on repeated or unknown ids and on slots out of order. O(P·S + M·S). */
export function indexTimetable(input: TimetableInput): TimetableIndex {
  const slots = positions('slot', input.slots);
  const tables = positions('table', input.tables);
  const participants = positions('participant', input.participants);
  const meetings = positions('meeting', input.meetings);
  input.slots.forEach((slot, i) => {
    const before = input.slots[i - 1];
    if (slot.end <= slot.start || (before && slot.start < before.end)) {
      throw new InvalidTimetableInputError(`slot ${slot.id} is empty or out of order`);
    }
  });
  const available = input.participants.map((participant) =>
    Uint8Array.from(input.slots, (slot) =>
      participant.unavailable.some((span) => overlaps(span, slot)) ? 0 : 1,
    ),
  );
  const members = input.meetings.map((meeting) => membersOf(meeting, participants));
  const meetingsOf: number[][] = input.participants.map(() => []);
  members.forEach((list, m) => list.forEach((p) => meetingsOf[p]?.push(m)));
  const locked = input.meetings.map(({ locked: at }) =>
    at ? { slot: known('slot', slots, at.slotId), table: known('table', tables, at.tableId) } : null,
  );
  const previous: TimetableIndex['previous'] = input.meetings.map(() => null);
  for (const { meetingId, slotId, tableId } of input.previous ?? []) {
    const m = meetings.get(meetingId);
    if (m !== undefined)
      previous[m] = { slot: slots.get(slotId) ?? null, table: tables.get(tableId) ?? null };
  }
  return {
    slotCount: input.slots.length,
    tableCount: input.tables.length,
    members,
    meetingsOf,
    available,
    allowed: members.map((list, m) =>
      Uint8Array.from(input.slots, (_, s) => {
        const at = locked[m];
        return list.every((p) => available[p]?.[s] === 1) && (!at || at.slot === s) ? 1 : 0;
      }),
    ),
    locked,
    home: input.meetings.map(({ homeTableId }) => (homeTableId ? known('table', tables, homeTableId) : null)),
    previous,
    priority: input.meetings.map((meeting) => meeting.priority),
  };
}

function positions(kind: string, list: readonly { id: string }[]): Map<string, number> {
  const map = new Map(list.map(({ id }, i) => [id, i]));
  if (map.size !== list.length) throw new InvalidTimetableInputError(`two of kind ${kind} have the same id`);
  return map;
}

function known(kind: string, map: Map<string, number>, id: string): number {
  const position = map.get(id);
  if (position === undefined) throw new InvalidTimetableInputError(`unknown ${kind} ${id}`);
  return position;
}

function membersOf(meeting: TimetableMeeting, participants: Map<string, number>): number[] {
  const members = meeting.participantIds.map((id) => known('participant', participants, id));
  if (members.length < 2 || new Set(members).size !== members.length) {
    throw new InvalidTimetableInputError(`meeting ${meeting.id} needs two different participants`);
  }
  return members;
}
