import type { TimetableInput, UnplacedMeeting } from './timetable.js';
import type { TimetableBoard } from './timetable-board.js';

/** Why a meeting is in no slot of a finished board, in the terms of `UnplacedReason`. O(S·k). */
export function explainUnplaced(input: TimetableInput, board: TimetableBoard, m: number): UnplacedMeeting {
  const { index } = board;
  const meetingId = input.meetings[m]?.id ?? '';
  const members = board.members(m);
  const lock = index.locked[m];
  const slots = lock ? [lock.slot] : input.slots.map((_, s) => s);
  const common = slots.filter((s) => members.every((p) => index.available[p]?.[s] === 1));
  if (common.length === 0) return { meetingId, reason: 'no-common-slot', detail: { freeSlots: 0 } };
  const open = common.filter((s) => members.every((p) => board.meetingAt(p, s) < 0));
  if (open.length > 0) return { meetingId, reason: 'tables-full', detail: { freeSlots: open.length } };
  for (const p of members) {
    const own = slots.filter((s) => index.available[p]?.[s] === 1);
    if (own.some((s) => board.meetingAt(p, s) < 0)) continue;
    return {
      meetingId,
      reason: 'participant-full',
      detail: {
        participantId: input.participants[p]?.id ?? '',
        meetings: index.meetingsOf[p]?.length ?? 0,
        freeSlots: own.length,
      },
    };
  }
  return { meetingId, reason: 'no-common-slot', detail: { freeSlots: common.length } };
}
