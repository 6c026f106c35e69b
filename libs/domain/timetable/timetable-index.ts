import { overlaps } from '../time/interval.js';
import { groupTables, travelBetween } from './index-tables.js';
import { InvalidTimetableInputError, type TimetableInput, type TimetableMeeting } from './timetable.js';

export interface IndexedQuota {
  group: string;
  min: number;
  max: number;
  meetings: number[];
}

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
  /** allowed[m][s] = 1 when m can begin in s as far as it alone is concerned: people, session, length, lock, tables. */
  allowed: Uint8Array[];
  /** Slots each meeting takes. */
  length: number[];
  locked: ({ slot: number; table: number | null } | null)[];
  home: (number | null)[];
  /** Tables at which each meeting can be. */
  tables: number[][];
  /** True when any table does for any meeting, one slot each, so that only their number counts. */
  alike: boolean;
  previous: ({ slot: number | null; table: number | null } | null)[];
  priority: number[];
  must: boolean[];
  /** Why a meeting can never take place. */
  barred: ('no-thanks' | 'blocked' | null)[];
  /** Meetings that have to end before, and those that have to begin after. */
  before: number[][];
  after: number[][];
  minOf: number[];
  maxOf: number[];
  quotas: IndexedQuota[];
  /** Quotas of each meeting. */
  quotasOf: number[][];
  /** Minutes between two tables; null when it is 0 everywhere. */
  travel: ((a: number, b: number) => number) | null;
  /** Minutes from the end of slot a to the begin of slot b. */
  gap(a: number, b: number): number;
}

/** @throws InvalidTimetableInputError on repeated or unknown ids and on slots out of order. O(P·S + M·(S + T)). */
export function indexTimetable(input: TimetableInput): TimetableIndex {
  const slots = positions('slot', input.slots);
  const tables = positions('table', input.tables);
  const participants = positions('participant', input.participants);
  const meetings = positions('meeting', input.meetings);
  checkSlots(input);
  const available = input.participants.map((participant) =>
    Uint8Array.from(input.slots, (slot) =>
      participant.unavailable.some((span) => overlaps(span, slot)) ? 0 : 1,
    ),
  );
  const members = input.meetings.map((meeting) => membersOf(meeting, participants));
  const meetingsOf: number[][] = input.participants.map(() => []);
  members.forEach((list, m) => list.forEach((p) => meetingsOf[p]?.push(m)));
  const locked = input.meetings.map(({ locked: at }) =>
    at
      ? {
          slot: known('slot', slots, at.slotId),
          table: at.tableId === null ? null : known('table', tables, at.tableId),
        }
      : null,
  );
  const before = input.meetings.map(({ after }) => (after ?? []).map((id) => known('meeting', meetings, id)));
  const length = input.meetings.map((meeting) => lengthOf(meeting));
  const grouped = groupTables(input, locked, tables);
  const barred = barredMeetings(input);
  const index: TimetableIndex = {
    slotCount: input.slots.length,
    tableCount: input.tables.length,
    members,
    meetingsOf,
    available,
    allowed: [],
    length,
    locked,
    home: input.meetings.map(({ homeTableId }) => (homeTableId ? known('table', tables, homeTableId) : null)),
    tables: grouped.tables,
    alike: grouped.alike && length.every((slotsTaken) => slotsTaken === 1),
    previous: previousPlaces(input, slots, tables, meetings),
    priority: input.meetings.map((meeting) => meeting.priority),
    must: input.meetings.map(({ wish }) => wish === 'must'),
    barred,
    before,
    after: invert(before),
    minOf: input.participants.map(({ minMeetings }) => minMeetings ?? 0),
    maxOf: input.participants.map(({ maxMeetings }) => maxMeetings ?? Infinity),
    ...indexQuotas(input, members),
    travel: travelBetween(input),
    gap: (a, b) => ((input.slots[b]?.start ?? 0) - (input.slots[a]?.end ?? 0)) / 60_000,
  };
  index.allowed = input.meetings.map((_, m) =>
    Uint8Array.from(input.slots, (_slot, s) => (canBegin(input, index, m, s) ? 1 : 0)),
  );
  return index;
}

function canBegin(input: TimetableInput, index: TimetableIndex, m: number, s: number): boolean {
  const at = index.locked[m];
  const length = index.length[m] ?? 1;
  if (index.barred[m] || (at && at.slot !== s) || index.tables[m]?.length === 0) return false;
  if (s + length > index.slotCount) return false;
  const session = input.slots[s]?.session ?? null;
  const wanted = input.meetings[m]?.session ?? null;
  if (wanted !== null && session !== wanted) return false;
  for (let t = s; t < s + length; t++) {
    if ((input.slots[t]?.session ?? null) !== session) return false;
    for (const p of index.members[m] ?? []) if (index.available[p]?.[t] !== 1) return false;
  }
  return true;
}

function checkSlots(input: TimetableInput): void {
  input.slots.forEach((slot, i) => {
    const before = input.slots[i - 1];
    if (slot.end <= slot.start || (before && slot.start < before.end)) {
      throw new InvalidTimetableInputError(`slot ${slot.id} is empty or out of order`);
    }
  });
}

function previousPlaces(
  input: TimetableInput,
  slots: Map<string, number>,
  tables: Map<string, number>,
  meetings: Map<string, number>,
): TimetableIndex['previous'] {
  const previous: TimetableIndex['previous'] = input.meetings.map(() => null);
  for (const { meetingId, slotId, tableId } of input.previous ?? []) {
    const m = meetings.get(meetingId);
    if (m !== undefined)
      previous[m] = { slot: slots.get(slotId) ?? null, table: tables.get(tableId) ?? null };
  }
  return previous;
}

function barredMeetings(input: TimetableInput): TimetableIndex['barred'] {
  const blocks = new Set((input.blocks ?? []).flatMap(([a, b]) => [`${a}\n${b}`, `${b}\n${a}`]));
  return input.meetings.map(({ wish, participantIds }) => {
    if (wish === 'no-thanks') return 'no-thanks';
    return blocks.size > 0 &&
      participantIds.some((a) => participantIds.some((b) => a !== b && blocks.has(`${a}\n${b}`)))
      ? 'blocked'
      : null;
  });
}

function indexQuotas(input: TimetableInput, members: number[][]) {
  const quotas = (input.quotas ?? []).map(({ group, min, max }): IndexedQuota => {
    const isMember = input.participants.map((participant) => participant.groups?.includes(group) ?? false);
    const meetings = members.flatMap((list, m) => (list.some((p) => isMember[p]) ? [m] : []));
    return { group, min: min ?? 0, max: max ?? Infinity, meetings };
  });
  const quotasOf: number[][] = members.map(() => []);
  quotas.forEach(({ meetings }, q) => meetings.forEach((m) => quotasOf[m]?.push(q)));
  return { quotas, quotasOf };
}

function invert(lists: number[][]): number[][] {
  const inverse: number[][] = lists.map(() => []);
  lists.forEach((list, m) => list.forEach((q) => inverse[q]?.push(m)));
  return inverse;
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

function lengthOf({ id, length }: TimetableMeeting): number {
  if (length !== undefined && !(Number.isInteger(length) && length >= 1))
    throw new InvalidTimetableInputError(`meeting ${id} needs a whole number of slots`);
  return length ?? 1;
}

function membersOf(meeting: TimetableMeeting, participants: Map<string, number>): number[] {
  const members = meeting.participantIds.map((id) => known('participant', participants, id));
  if (members.length < 2 || new Set(members).size !== members.length) {
    throw new InvalidTimetableInputError(`meeting ${meeting.id} needs two different participants`);
  }
  return members;
}
