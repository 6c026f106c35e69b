import type { TimetableInput, UnplacedMeeting } from './timetable.js';
import type { TimetableBoard } from './timetable-board.js';

/** Why a meeting is in no slot of a finished board, in the terms of `UnplacedReason`. O(S·k). */
export function explainUnplaced(input: TimetableInput, board: TimetableBoard, m: number): UnplacedMeeting {
  const { index } = board;
  const meetingId = input.meetings[m]?.id ?? '';
  const members = board.members(m);
  const barred = index.barred[m];
  if (barred) return { meetingId, reason: barred, detail: {} };
  if (index.tables[m]?.length === 0) return { meetingId, reason: 'no-table', detail: {} };
  const starts = input.slots.map((_, s) => s).filter((s) => board.isAllowed(m, s));
  if (starts.length === 0) return { meetingId, reason: 'no-common-slot', detail: { freeSlots: 0 } };
  const maximum = explainMaximum(input, board, m);
  if (maximum) return maximum;
  const open = starts.filter((s) => board.areIdle(m, s));
  if (open.length > 0) {
    const reason = open.some((s) => board.isInOrder(m, s)) ? 'tables-full' : 'order';
    return { meetingId, reason, detail: { freeSlots: open.length } };
  }
  const lock = index.locked[m];
  for (const p of members) {
    const own = input.slots
      .map((_, s) => s)
      .filter((s) => index.available[p]?.[s] === 1 && (!lock || lock.slot === s));
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
  return { meetingId, reason: 'no-common-slot', detail: { freeSlots: starts.length } };
}

function explainMaximum(input: TimetableInput, board: TimetableBoard, m: number): UnplacedMeeting | null {
  const { index } = board;
  const meetingId = input.meetings[m]?.id ?? '';
  for (const p of board.members(m)) {
    const meetings = board.countOf(p);
    if (meetings < (index.maxOf[p] ?? Infinity)) continue;
    const participantId = input.participants[p]?.id ?? '';
    return { meetingId, reason: 'participant-maximum', detail: { participantId, meetings } };
  }
  for (const q of index.quotasOf[m] ?? []) {
    const quota = index.quotas[q];
    const meetings = board.quotaCountOf(q);
    if (!quota || meetings < quota.max) continue;
    return { meetingId, reason: 'group-maximum', detail: { group: quota.group, meetings } };
  }
  return null;
}
