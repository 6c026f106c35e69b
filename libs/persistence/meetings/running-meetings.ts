import type { TimetableMeeting, TimetableParticipant } from '#libs/domain/timetable/timetable.js';
import type { EventGrid } from './event-grid.js';
import type { TimetabledMeeting } from './timetabled-meetings.js';

const PREFIX = 'running:';

/** Stands for a meeting that has begun and keeps its table for slots that are still open; it has no row to write. */
export const isRunningMeeting = (id: string): boolean => id.startsWith(PREFIX);

/**
 * Meetings of several slots that have begun: each as a locked meeting of two people who are nobody, so that its table
 * is taken for as long as it still lasts.
 */
export function runningMeetings(
  settled: readonly TimetabledMeeting[],
  grid: EventGrid,
): { meetings: TimetableMeeting[]; participants: TimetableParticipant[] } {
  const tables = new Set(grid.tables.map((table) => table.id));
  const meetings = settled.flatMap(({ id, status, startsAt, endsAt, tableId }): TimetableMeeting[] => {
    if (status === 'no_show' || startsAt === null || endsAt === null || tableId === null) return [];
    const [start, end] = [startsAt.getTime(), endsAt.getTime()];
    const taken = grid.open.filter((slot) => slot.start < end && start < slot.end);
    const [first] = taken;
    if (first === undefined || !tables.has(tableId)) return [];
    const participantIds = [`${PREFIX}${id}:1`, `${PREFIX}${id}:2`];
    const locked = { slotId: first.id, tableId };
    return [
      { id: `${PREFIX}${id}`, participantIds, priority: 0, wish: 'must', length: taken.length, locked },
    ];
  });
  const participants = meetings.flatMap(({ participantIds }) =>
    participantIds.map((id): TimetableParticipant => ({ id, unavailable: [] })),
  );
  return { meetings, participants };
}
