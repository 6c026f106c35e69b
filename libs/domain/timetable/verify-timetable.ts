import type {
  MeetingPlacement,
  Timetable,
  TimetableInput,
  TimetableMeeting,
  UnplacedMeeting,
} from './timetable.js';

export type TimetableRule =
  | 'unknown-id'
  | 'placed-twice'
  | 'missing-meeting'
  | 'participant-double-booked'
  | 'table-double-booked'
  | 'unavailable'
  | 'locked-moved'
  | 'objective'
  | 'reason'
  | 'placeable-left-out';

export interface TimetableViolation {
  rule: TimetableRule;
  subject: string;
}

/**
 * Checks a timetable from its definition alone; shares no code with the builder. Empty means that it is
 * feasible, its figures are right and nothing is left out that would fit as it stands. O(M·S·T·k).
 */
export function verifyTimetable(input: TimetableInput, timetable: Timetable): TimetableViolation[] {
  const violations: TimetableViolation[] = [];
  const add = (rule: TimetableRule, subject: string) => violations.push({ rule, subject });
  const meetings = new Map(input.meetings.map((meeting) => [meeting.id, meeting]));
  const slots = new Set(input.slots.map((slot) => slot.id));
  const tables = new Set(input.tables.map((table) => table.id));
  const seen = new Set<string>();
  const bookings = new Set<string>();
  const book = (rule: TimetableRule, key: string) => {
    if (bookings.has(key)) add(rule, key);
    bookings.add(key);
  };
  for (const { meetingId, slotId, tableId } of timetable.placements) {
    const meeting = meetings.get(meetingId);
    if (!meeting || !slots.has(slotId) || !tables.has(tableId)) {
      add('unknown-id', `${meetingId} ${slotId} ${tableId}`);
      continue;
    }
    if (seen.has(meetingId)) add('placed-twice', meetingId);
    seen.add(meetingId);
    book('table-double-booked', `table ${tableId} ${slotId}`);
    for (const id of meeting.participantIds) {
      book('participant-double-booked', `participant ${id} ${slotId}`);
      if (!isAvailable(input, id, slotId)) add('unavailable', `${meetingId} ${id}`);
    }
    const lock = meeting.locked;
    if (lock && (lock.slotId !== slotId || lock.tableId !== tableId)) add('locked-moved', meetingId);
  }
  for (const entry of timetable.unplaced) {
    const meeting = meetings.get(entry.meetingId);
    if (!meeting) add('unknown-id', entry.meetingId);
    else if (seen.has(entry.meetingId)) add('placed-twice', entry.meetingId);
    else checkLeftOut(input, meeting, entry, bookings, add);
    seen.add(entry.meetingId);
  }
  for (const { id } of input.meetings) if (!seen.has(id)) add('missing-meeting', id);
  const { placed, breaks, moved } = timetable.objective;
  if (placed !== timetable.placements.length) add('objective', 'placed');
  if (breaks !== countBreaks(input, timetable.placements)) add('objective', 'breaks');
  if (moved !== countMoved(input, timetable.placements)) add('objective', 'moved');
  return violations;
}

function isAvailable(input: TimetableInput, participantId: string, slotId: string): boolean {
  const slot = input.slots.find(({ id }) => id === slotId);
  const participant = input.participants.find(({ id }) => id === participantId);
  if (!slot || !participant) return false;
  return participant.unavailable.every(
    ({ start, end }) => end <= start || end <= slot.start || start >= slot.end,
  );
}

function checkLeftOut(
  input: TimetableInput,
  meeting: TimetableMeeting,
  entry: UnplacedMeeting,
  bookings: ReadonlySet<string>,
  add: (rule: TimetableRule, subject: string) => void,
): void {
  const ids = meeting.participantIds;
  const lock = meeting.locked;
  const slots = input.slots.map(({ id }) => id).filter((id) => !lock || id === lock.slotId);
  const tables = input.tables.map(({ id }) => id).filter((id) => !lock || id === lock.tableId);
  const idle = (participant: string, slot: string) => !bookings.has(`participant ${participant} ${slot}`);
  const common = slots.filter((slot) => ids.every((id) => isAvailable(input, id, slot)));
  const open = common.filter((slot) => ids.every((id) => idle(id, slot)));
  if (open.some((slot) => tables.some((table) => !bookings.has(`table ${table} ${slot}`)))) {
    add('placeable-left-out', meeting.id);
  }
  const { participantId, freeSlots, meetings } = entry.detail;
  const own = slots.filter((slot) => participantId !== undefined && isAvailable(input, participantId, slot));
  const asked = input.meetings.filter((other) => other.participantIds.includes(participantId ?? '')).length;
  const holds = {
    'no-common-slot': open.length === 0 && freeSlots === common.length,
    'tables-full': open.length > 0 && freeSlots === open.length,
    'participant-full':
      ids.includes(participantId ?? '') &&
      own.every((slot) => !idle(participantId ?? '', slot)) &&
      freeSlots === own.length &&
      meetings === asked,
  }[entry.reason];
  if (!holds) add('reason', meeting.id);
}

function countBreaks(input: TimetableInput, placements: readonly MeetingPlacement[]): number {
  const slotOf = new Map(placements.map(({ meetingId, slotId }) => [meetingId, slotId]));
  let breaks = 0;
  for (const { id } of input.participants) {
    const busy = new Set(
      input.meetings.filter(({ participantIds }) => participantIds.includes(id)).map((m) => slotOf.get(m.id)),
    );
    const pattern = input.slots.map((slot) => (busy.has(slot.id) ? 'x' : '.')).join('');
    breaks += pattern.match(/x\.+(?=x)/g)?.length ?? 0;
  }
  return breaks;
}

function countMoved(input: TimetableInput, placements: readonly MeetingPlacement[]): number {
  const now = new Map(placements.map((placement) => [placement.meetingId, placement]));
  const wanted = new Set(input.meetings.map(({ id }) => id));
  return (input.previous ?? []).filter(({ meetingId, slotId, tableId }) => {
    const after = now.get(meetingId);
    return wanted.has(meetingId) && (after?.slotId !== slotId || after.tableId !== tableId);
  }).length;
}
