import type { Timetable, TimetableInput, TimetableMeeting, UnplacedMeeting } from './timetable.js';
import { brokenAlone, isTooFar, type AddViolation, type PlacedMeeting } from './verify-placement.js';

/** Checks that no meeting without a place would fit as things stand, and that its reason is true. */
export function verifyUnplaced(
  input: TimetableInput,
  timetable: Timetable,
  places: readonly PlacedMeeting[],
  add: AddViolation,
): void {
  for (const entry of timetable.unplaced) {
    const meeting = input.meetings.find(({ id }) => id === entry.meetingId);
    if (!meeting || places.some((place) => place.meeting === meeting)) continue;
    const left = new LeftOut(input, meeting, places);
    if (left.fits()) add('placeable-left-out', meeting.id);
    if (!left.holds(entry)) add('reason', meeting.id);
  }
}

class LeftOut {
  /** Everywhere it could be if it were alone. */
  private readonly candidates: PlacedMeeting[];
  private readonly starts: number[];
  /** Starts at which all its people are idle. */
  private readonly open: number[];
  private readonly taken = new Set<string>();

  constructor(
    private readonly input: TimetableInput,
    private readonly meeting: TimetableMeeting,
    private readonly places: readonly PlacedMeeting[],
  ) {
    for (const { meeting: other, slots, table } of places)
      for (const key of [...other.participantIds.map((id) => `p ${id}`), `t ${table.id}`])
        for (const slot of slots) this.taken.add(`${key} ${slot}`);
    const length = meeting.length ?? 1;
    this.candidates = input.slots
      .flatMap((_, s) =>
        input.tables.map((table) => ({
          meeting,
          table,
          slots: Array.from({ length }, (_unused, i) => s + i),
        })),
      )
      .filter((place) => brokenAlone(input, place).length === 0);
    this.starts = [...new Set(this.candidates.map(({ slots }) => slots[0] ?? -1))];
    this.open = this.starts.filter((s) =>
      meeting.participantIds.every((id) =>
        Array.from({ length }, (_, i) => s + i).every((slot) => !this.taken.has(`p ${id} ${slot}`)),
      ),
    );
  }

  fits(): boolean {
    if (this.maximum('participant') !== null || this.maximum('group') !== null) return false;
    return this.candidates.some(
      (place) =>
        this.open.includes(place.slots[0] ?? -1) &&
        this.isInOrder(place) &&
        place.slots.every((slot) => !this.taken.has(`t ${place.table.id} ${slot}`)) &&
        this.places.every(
          (other) =>
            !other.meeting.participantIds.some((id) => this.meeting.participantIds.includes(id)) ||
            (!isTooFar(this.input, other, place) && !isTooFar(this.input, place, other)),
        ),
    );
  }

  holds({ reason, detail }: UnplacedMeeting): boolean {
    const { input, meeting, starts, open } = this;
    const blocked = (input.blocks ?? []).some((pair) =>
      pair.every((id) => meeting.participantIds.includes(id)),
    );
    const inOrder = this.candidates.some(
      (place) => open.includes(place.slots[0] ?? -1) && this.isInOrder(place),
    );
    switch (reason) {
      case 'no-thanks':
        return meeting.wish === 'no-thanks';
      case 'blocked':
        return blocked;
      case 'no-table':
        return !input.tables.some(
          (table) =>
            (meeting.locked?.tableId ?? table.id) === table.id &&
            !brokenAlone(input, { meeting, table, slots: [0] }).includes('wrong-table'),
        );
      case 'participant-maximum':
        return (
          detail.meetings !== undefined &&
          this.maximum('participant', detail.participantId) === detail.meetings
        );
      case 'group-maximum':
        return detail.meetings !== undefined && this.maximum('group', detail.group) === detail.meetings;
      case 'order':
        return open.length > 0 && !inOrder && detail.freeSlots === open.length;
      case 'tables-full':
        return inOrder && detail.freeSlots === open.length;
      case 'no-common-slot':
        return open.length === 0 && detail.freeSlots === starts.length;
      case 'participant-full':
        return this.isFull(detail);
    }
  }

  /** Meetings of a participant or group that has as many as allowed; of the given one, else of any. */
  private maximum(kind: 'participant' | 'group', which?: string): number | null {
    const { input, meeting } = this;
    const limits =
      kind === 'participant'
        ? input.participants.map(({ id, maxMeetings }) => ({ name: id, max: maxMeetings, ids: [id] }))
        : (input.quotas ?? []).map(({ group, max }) => ({
            name: group,
            max,
            ids: input.participants
              .filter((participant) => participant.groups?.includes(group))
              .map(({ id }) => id),
          }));
    for (const { name, max, ids } of limits) {
      if (which !== undefined && which !== name) continue;
      if (!meeting.participantIds.some((id) => ids.includes(id))) continue;
      const count = this.places.filter((place) =>
        place.meeting.participantIds.some((id) => ids.includes(id)),
      );
      if (count.length >= (max ?? Infinity)) return count.length;
    }
    return null;
  }

  private isInOrder({ slots }: PlacedMeeting): boolean {
    return this.places.every(({ meeting: other, slots: theirs }) => {
      const [first, last] = [slots[0] ?? 0, slots.at(-1) ?? 0];
      if (this.meeting.after?.includes(other.id) && (theirs.at(-1) ?? 0) >= first) return false;
      return !(other.after?.includes(this.meeting.id) && last >= (theirs[0] ?? 0));
    });
  }

  private isFull({ participantId, meetings, freeSlots }: UnplacedMeeting['detail']): boolean {
    const { input, meeting } = this;
    const participant = input.participants.find(({ id }) => id === participantId);
    if (!participant || !meeting.participantIds.includes(participant.id)) return false;
    const own = input.slots
      .map((slot, s) => ({ ...slot, s }))
      .filter(
        (slot) =>
          (!meeting.locked || meeting.locked.slotId === slot.id) &&
          participant.unavailable.every(
            ({ start, end }) => end <= start || end <= slot.start || start >= slot.end,
          ),
      );
    const asked = input.meetings.filter((other) => other.participantIds.includes(participant.id)).length;
    return (
      own.every(({ s }) => this.taken.has(`p ${participant.id} ${s}`)) &&
      freeSlots === own.length &&
      meetings === asked
    );
  }
}
