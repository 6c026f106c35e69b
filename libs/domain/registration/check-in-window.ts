import { shanghaiDay, shanghaiDaySpan } from '../time/shanghai-time.js';

const HOUR = 3_600_000;

/** Doors, rehearsals and speakers' badges: so long before the start tickets are scanned, in hours. */
export const HOURS_BEFORE_START = 6;
/** Lists on paper are typed in on the next morning: so long after its last day an event is still open, in hours. */
export const HOURS_AFTER_LAST_DAY = 12;

export interface CheckInWindow {
  readonly opensAt: Date;
  /** First instant at which it is closed again. */
  readonly closesAt: Date;
}

/**
 * When people are checked in at an event: from six hours before its start until noon after its last day in
 * Asia/Shanghai. An event that ends at midnight ends on the day before.
 */
export function checkInWindow(event: { readonly startsAt: Date; readonly endsAt: Date }): CheckInWindow {
  const lastDay = shanghaiDay(new Date(event.endsAt.getTime() - 1));
  return {
    opensAt: new Date(event.startsAt.getTime() - HOURS_BEFORE_START * HOUR),
    closesAt: new Date(shanghaiDaySpan(lastDay)!.end + HOURS_AFTER_LAST_DAY * HOUR),
  };
}

/** Why nobody is checked in at `now`, or null when the window is open. */
export function checkInRefusal(
  event: { readonly startsAt: Date; readonly endsAt: Date },
  now: Date,
): 'too-early' | 'too-late' | null {
  const { opensAt, closesAt } = checkInWindow(event);
  if (now < opensAt) return 'too-early';
  return now < closesAt ? null : 'too-late';
}
