import type { TimetableInput, TimetableMeeting } from './timetable.js';

export type TimetableRule =
  | 'unknown-id'
  | 'placed-twice'
  | 'missing-meeting'
  | 'participant-double-booked'
  | 'table-double-booked'
  | 'unavailable'
  | 'locked-moved'
  | 'barred'
  | 'session'
  | 'wrong-table'
  | 'order'
  | 'travel'
  | 'maximum'
  | 'fairness'
  | 'objective'
  | 'reason'
  | 'placeable-left-out';

export interface TimetableViolation {
  rule: TimetableRule;
  subject: string;
}

export type AddViolation = (rule: TimetableRule, subject: string) => void;

/** A placement with what its ids stand for. */
export interface PlacedMeeting {
  meeting: TimetableMeeting;
  /** Positions of the slots it takes, some of them past the end when it is too long. */
  slots: number[];
  table: TimetableInput['tables'][number];
}

/** Rules a placement breaks whatever the others are. */
export function brokenAlone(
  input: TimetableInput,
  { meeting, slots, table }: PlacedMeeting,
): TimetableRule[] {
  const broken: TimetableRule[] = [];
  const ids = meeting.participantIds;
  const spans = slots.map((s) => input.slots[s]);
  const [first] = spans;
  const away = ids.some((id) =>
    (input.participants.find((participant) => participant.id === id)?.unavailable ?? []).some(
      ({ start, end }) =>
        end > start && spans.some((slot) => slot !== undefined && start < slot.end && slot.start < end),
    ),
  );
  if (away) broken.push('unavailable');
  const sessions = new Set(spans.map((slot) => (slot ? (slot.session ?? null) : 'past the end')));
  if (sessions.size > 1 || (meeting.session && first?.session !== meeting.session)) broken.push('session');
  const lock = meeting.locked;
  if (lock && (lock.slotId !== first?.id || (lock.tableId !== null && lock.tableId !== table.id)))
    broken.push('locked-moved');
  const lacks = (meeting.features ?? []).some((feature) => !(table.features ?? []).includes(feature));
  if (lacks || (meeting.tableIds && !meeting.tableIds.includes(table.id))) broken.push('wrong-table');
  const blocked = (input.blocks ?? []).some((pair) => pair.every((id) => ids.includes(id)));
  if (blocked || meeting.wish === 'no-thanks') broken.push('barred');
  return broken;
}

/** From a, nobody is at b in time. False when b is not after a. */
export function isTooFar(input: TimetableInput, a: PlacedMeeting, b: PlacedMeeting): boolean {
  if ((b.slots[0] ?? 0) <= (a.slots.at(-1) ?? 0)) return false;
  const [from, to] = [a.table.room ?? '', b.table.room ?? ''];
  if (from === to) return false;
  const minutes = (input.travel ?? [])
    .filter((way) => (way.from === from && way.to === to) || (way.from === to && way.to === from))
    .map((way) => way.minutes);
  const pause = (input.slots[b.slots[0] ?? 0]?.start ?? 0) - (input.slots[a.slots.at(-1) ?? 0]?.end ?? 0);
  return Math.max(0, ...minutes) * 60_000 > pause;
}
