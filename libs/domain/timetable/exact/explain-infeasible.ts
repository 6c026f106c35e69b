import type { TimetableInput } from '../timetable.js';
import type { TimetableIndex } from '../timetable-index.js';

/**
 * Why not all meetings fit.
 * - `participant-full`: `participantId` asked for `meetings` meetings of `slots` slots together and has `freeSlots`.
 * - `meeting-impossible`: `meetingId` fits nowhere even when it is alone.
 * - `tables-full`: the meetings of `session` (null: all) take `slots` slots at tables, of which there are `seats`.
 * - `session-full`: like `participant-full`, for the meetings that have to be in `session`.
 * - `conflict`: these meetings cannot all take place; without any one of them, as far as tried, the others can.
 * - `fairness`: all fit, but not with breaks that differ by `bound` at most.
 * - `contradiction`: proved, without anything shorter to say.
 */
export type InfeasibleReason =
  | { kind: 'participant-full'; participantId: string; meetings: number; slots: number; freeSlots: number }
  | {
      kind: 'session-full';
      participantId: string;
      session: string;
      meetings: number;
      slots: number;
      freeSlots: number;
    }
  | { kind: 'meeting-impossible'; meetingId: string; participantIds: string[] }
  | { kind: 'tables-full'; session: string | null; slots: number; seats: number }
  | { kind: 'conflict'; meetingIds: string[]; participantIds: string[] }
  | { kind: 'fairness'; bound: number }
  | { kind: 'contradiction' };

/** Reasons that counting shows, the plainest first; empty when counting shows none. O(M·S·k). */
export function countReasons(input: TimetableInput, index: TimetableIndex): InfeasibleReason[] {
  const wanted = index.members.flatMap((_, m) => (index.barred[m] ? [] : [m]));
  const reasons: InfeasibleReason[] = wanted
    .filter((m) => !index.allowed[m]?.includes(1))
    .map((m) => ({
      kind: 'meeting-impossible',
      meetingId: input.meetings[m]?.id ?? '',
      participantIds: [...(input.meetings[m]?.participantIds ?? [])],
    }));
  for (const session of [null, ...sessionsOf(input)])
    reasons.push(...fullParticipants(input, index, wanted, session));
  for (const session of [null, ...sessionsOf(input)]) {
    const meetings = wanted.filter((m) => session === null || onlyIn(input, index, m, session));
    const slots = takenBy(index, meetings);
    const seats = input.slots.filter((slot) => session === null || slot.session === session).length;
    if (slots > seats * index.tableCount)
      reasons.push({ kind: 'tables-full', session, slots, seats: seats * index.tableCount });
  }
  return reasons;
}

function fullParticipants(
  input: TimetableInput,
  index: TimetableIndex,
  wanted: readonly number[],
  session: string | null,
): InfeasibleReason[] {
  const isWanted = new Set(wanted);
  return input.participants.flatMap(({ id: participantId }, p): InfeasibleReason[] => {
    const own = (index.meetingsOf[p] ?? []).filter((m) => isWanted.has(m));
    const there = own.filter((m) => session === null || onlyIn(input, index, m, session));
    const slots = takenBy(index, there);
    const freeSlots = input.slots.filter(
      (slot, s) => index.available[p]?.[s] === 1 && (session === null || slot.session === session),
    ).length;
    if (slots <= freeSlots) return [];
    const figures = { participantId, meetings: there.length, slots, freeSlots };
    return [
      session === null
        ? { kind: 'participant-full', ...figures }
        : { kind: 'session-full', session, ...figures },
    ];
  });
}

/** All slots in which m could begin are in the session. */
function onlyIn(input: TimetableInput, index: TimetableIndex, m: number, session: string): boolean {
  return input.slots.every((slot, s) => index.allowed[m]?.[s] !== 1 || slot.session === session);
}

function takenBy(index: TimetableIndex, meetings: readonly number[]): number {
  return meetings.reduce((sum, m) => sum + (index.length[m] ?? 1), 0);
}

function sessionsOf(input: TimetableInput): string[] {
  const sessions = new Set(input.slots.map(({ session }) => session ?? null));
  return sessions.size < 2 ? [] : [...sessions].filter((session) => session !== null);
}
