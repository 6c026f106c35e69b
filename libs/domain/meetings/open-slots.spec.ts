import { eventSlots, openSlots, settledBefore } from './open-slots.js';

const at = (time: string): Date => new Date(`2026-12-01T${time}:00Z`);
const settings = { slotMinutes: 20, slotsStartAt: at('06:00'), slotsEndAt: at('07:10') };
const starts = (now: Date) => openSlots(settings, now).map((slot) => new Date(slot.start));

test('whole slots fill the window', () => {
  expect(eventSlots(settings).map((slot) => new Date(slot.start))).toEqual([
    at('06:00'),
    at('06:20'),
    at('06:40'),
  ]);
});

test('an event without settings has no slots', () => {
  expect(eventSlots({ ...settings, slotMinutes: null })).toEqual([]);
  expect(eventSlots({ ...settings, slotsEndAt: null })).toEqual([]);
  expect(settledBefore({ ...settings, slotsStartAt: null }, at('06:30'))).toBeNull();
});

test('while the slots run, those that have begun are closed', () => {
  expect(starts(at('05:59'))).toEqual([at('06:00'), at('06:20'), at('06:40')]);
  expect(starts(at('06:00'))).toEqual([at('06:20'), at('06:40')]);
  expect(starts(at('06:20'))).toEqual([at('06:40')]);
  expect(starts(at('07:00'))).toEqual([]);
});

test('afterwards the whole timetable may be entered late', () => {
  expect(starts(at('07:10'))).toEqual([at('06:00'), at('06:20'), at('06:40')]);
});
