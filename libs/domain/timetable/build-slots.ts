import { overlaps } from '../time/interval.js';
import type { TimetableSlot } from './timetable.js';

const MINUTE = 60_000;
const MAX_SLOTS = 500;

export interface SlotWindow {
  /** Epoch milliseconds; `end` is exclusive. */
  start: number;
  end: number;
  minutesPerSlot: number;
  /** Minutes between one slot and the next, for changing tables. */
  pauseMinutes: number;
  /** Spans without meetings, such as lunch; the next slot begins when the break ends. */
  breaks: { start: number; end: number }[];
}

/**
 * As many whole slots as fit into the window, in order, with the ids "s01", "s02"...
 * @throws RangeError when the lengths are not positive or the window would hold more than 500 slots
 */
export function buildSlots(window: SlotWindow): TimetableSlot[] {
  const length = window.minutesPerSlot * MINUTE;
  const pause = window.pauseMinutes * MINUTE;
  if (!(length > 0) || !(pause >= 0))
    throw new RangeError('A slot needs a positive length and no negative pause');
  const breaks = [...window.breaks].sort((a, b) => a.start - b.start);
  const slots: TimetableSlot[] = [];
  let start = window.start;
  while (start + length <= window.end) {
    const span = { start, end: start + length };
    const pausing = breaks.find((rest) => overlaps(rest, span));
    if (pausing) {
      start = pausing.end;
      continue;
    }
    if (slots.length === MAX_SLOTS) throw new RangeError(`More than ${MAX_SLOTS} slots in one window`);
    slots.push({ id: `s${String(slots.length + 1).padStart(2, '0')}`, ...span });
    start = span.end + pause;
  }
  return slots;
}
