export interface TimetableSlot {
  id: string;
  /** Epoch milliseconds; `end` is exclusive. */
  start: number;
  end: number;
}

export interface TimetableTable {
  id: string;
  label: string;
}

export interface TimetableParticipant {
  id: string;
  /** Half-open spans in epoch milliseconds; a slot that overlaps one of them cannot be used. */
  unavailable: { start: number; end: number }[];
}

export interface TimetableMeeting {
  id: string;
  /** Two or more different participants who all have to be there. */
  participantIds: string[];
  /** Higher is placed first. */
  priority: number;
  /** Exactly there or nowhere. */
  locked?: { slotId: string; tableId: string } | null;
  /** Preferred when free; never a reason not to place. */
  homeTableId?: string | null;
}

export interface MeetingPlacement {
  meetingId: string;
  slotId: string;
  tableId: string;
}

export interface TimetableInput {
  /** In order of time, not overlapping. */
  slots: TimetableSlot[];
  tables: TimetableTable[];
  participants: TimetableParticipant[];
  meetings: TimetableMeeting[];
  /** What holds now: as few as possible of these are moved. */
  previous?: MeetingPlacement[];
  seed: number;
}

/**
 * `no-common-slot`: the participants share no slot (`freeSlots`: slots in which all are available, all
 * of them taken when above 0). `participant-full`: `participantId` asked for `meetings` meetings and is
 * available in `freeSlots` slots, all taken. `tables-full`: in the `freeSlots` slots in which all could
 * meet, every table (or the locked one) is taken.
 */
export type UnplacedReason = 'no-common-slot' | 'participant-full' | 'tables-full';

export interface UnplacedMeeting {
  meetingId: string;
  reason: UnplacedReason;
  detail: { participantId?: string; meetings?: number; freeSlots?: number };
}

export interface TimetableObjective {
  placed: number;
  /** Summed over participants: runs of idle slots between two of their meetings (JAIR 74, 2022, p. 266). */
  breaks: number;
  /** Meetings of `previous` that are now in another slot, at another table, or not placed. */
  moved: number;
}

export interface Timetable {
  /** By slot, then table, in the order of the input. */
  placements: MeetingPlacement[];
  /** In the order of the input. */
  unplaced: UnplacedMeeting[];
  objective: TimetableObjective;
}

export class InvalidTimetableInputError extends Error {
  override readonly name = 'InvalidTimetableInputError';
}
