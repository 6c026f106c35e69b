import { buildSlots } from '../timetable/build-slots.js';
import type { TimetableSlot } from '../timetable/timetable.js';

/** An event's settings for 1:1 meetings; null = none. */
export interface SlotSettings {
  readonly slotMinutes: number | null;
  readonly slotsStartAt: Date | null;
  readonly slotsEndAt: Date | null;
}

/** Every slot of an event; none when it has no 1:1 meetings or the settings make no sense. */
export function eventSlots(settings: SlotSettings): TimetableSlot[] {
  const { slotMinutes, slotsStartAt, slotsEndAt } = settings;
  if (slotMinutes === null || slotMinutes <= 0 || slotsStartAt === null || slotsEndAt === null) return [];
  const [start, end] = [slotsStartAt.getTime(), slotsEndAt.getTime()];
  return buildSlots({ start, end, minutesPerSlot: slotMinutes, pauseMinutes: 0, breaks: [] });
}

/**
 * While the slots of an event run, what began before `now` is settled and stays as it is; before and after, nothing is:
 * the whole timetable may be planned, or entered late. Null = nothing is settled.
 */
export function settledBefore(settings: SlotSettings, now: Date): Date | null {
  const { slotsStartAt, slotsEndAt } = settings;
  if (slotsStartAt === null || slotsEndAt === null) return null;
  return slotsStartAt <= now && now < slotsEndAt ? now : null;
}

/** Slots that meetings may still be placed in. */
export function openSlots(settings: SlotSettings, now: Date): TimetableSlot[] {
  const settled = settledBefore(settings, now);
  return eventSlots(settings).filter((slot) => settled === null || slot.start > settled.getTime());
}
