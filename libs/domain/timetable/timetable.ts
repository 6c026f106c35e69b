export interface TimetableSlot {
  id: string;
  /** Epoch milliseconds; `end` is exclusive. */
  start: number;
  end: number;
  /** Such as "morning"; a meeting of several slots stays within one. */
  session?: string | null;
}

export interface TimetableTable {
  id: string;
  label: string;
  room?: string | null;
  /** Such as "screen" or "quiet". */
  features?: readonly string[];
}

export interface TimetableParticipant {
  id: string;
  /** Half-open spans in epoch milliseconds; a slot that overlaps one of them cannot be used. */
  unavailable: { start: number; end: number }[];
  /** Meetings this participant should have at least; falling short is the second thing avoided. */
  minMeetings?: number | null;
  /** Never more than these. */
  maxMeetings?: number | null;
  /** What quotas refer to. */
  groups?: readonly string[];
}

/** `must`: placed before everything else; `no-thanks`: never placed. */
export type MeetingWish = 'must' | 'like' | 'no-thanks';

export interface TimetableMeeting {
  id: string;
  /** Two or more different participants who all have to be there. */
  participantIds: string[];
  /** Higher is placed first; a meeting that takes place is worth 1 + priority. */
  priority: number;
  /** Exactly there or nowhere; `tableId` null: in that slot at any table. */
  locked?: { slotId: string; tableId: string | null } | null;
  /** Preferred when free; never a reason not to place. */
  homeTableId?: string | null;
  /** Default `like`. */
  wish?: MeetingWish;
  /** Consecutive slots of one session; default 1. */
  length?: number;
  /** Only in slots of this session. */
  session?: string | null;
  /** Only at one of these tables. */
  tableIds?: readonly string[] | null;
  /** Only at tables with all of these. */
  features?: readonly string[];
  /** Ids of meetings that have ended before this one begins, when both take place. */
  after?: readonly string[];
}

/** Over the meetings of which a participant of the group is part. */
export interface GroupQuota {
  group: string;
  min?: number | null;
  max?: number | null;
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
  /** Breaks of any two participants should differ by no more than this. */
  fairness?: number | null;
  /** Minutes from a table of one room to a table of the other, both ways; 0 when not listed. */
  travel?: readonly { from: string; to: string; minutes: number }[];
  /** Pairs of participants who must not meet (conflict of interest). */
  blocks?: readonly (readonly [string, string])[];
  quotas?: readonly GroupQuota[];
  seed: number;
}

/**
 * `no-thanks`, `blocked`: not wanted, or two of its participants must not meet. `no-table`: no table has what it
 * needs. `participant-maximum`, `group-maximum`: `participantId` or `group` has as many meetings as allowed.
 * `order`: in the `freeSlots` slots in which all are free it would be on the wrong side of another meeting. `no-common-slot`: the participants share no slot (`freeSlots`: slots in which all are available, all
 * of them taken when above 0). `participant-full`: `participantId` asked for `meetings` meetings and is
 * available in `freeSlots` slots, all taken. `tables-full`: in the `freeSlots` slots in which all could
 * meet, every table (or the locked one) is taken or too far from where somebody comes from or goes to.
 */
export type UnplacedReason =
  | 'no-common-slot'
  | 'participant-full'
  | 'tables-full'
  | 'no-thanks'
  | 'blocked'
  | 'no-table'
  | 'participant-maximum'
  | 'group-maximum'
  | 'order';

export interface UnplacedMeeting {
  meetingId: string;
  reason: UnplacedReason;
  detail: { participantId?: string; group?: string; meetings?: number; freeSlots?: number };
}

/** In the order of weight: missedMust, shortfall, satisfaction (the more the better), moved, unfair, breaks. */
export interface TimetableObjective {
  placed: number;
  /** Meetings with the wish `must` without a place. */
  missedMust: number;
  /** Meetings missing to the minima of participants and groups, summed. */
  shortfall: number;
  /** Sum of 1 + priority over the placed meetings. */
  satisfaction: number;
  /** By how much the spread of breaks exceeds `fairness`; 0 without one. */
  unfair: number;
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
