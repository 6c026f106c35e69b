import fc from 'fast-check';
import type { TimetableInput, TimetableSlot } from './timetable.js';

const MINUTE = 60_000;

export function hourlySlots(count: number): TimetableSlot[] {
  return Array.from({ length: count }, (_, i) => ({
    id: `s${i}`,
    start: i * 60 * MINUTE,
    end: (i + 1) * 60 * MINUTE,
  }));
}

export function tablesOf(count: number): TimetableInput['tables'] {
  return Array.from({ length: count }, (_, i) => ({ id: `t${i}`, label: `${i + 1} 号桌` }));
}

/** Small inputs with absences, locks, home tables, groups of three and a previous timetable. */
export const smallInput: fc.Arbitrary<TimetableInput> = fc
  .record({
    slots: fc.integer({ min: 1, max: 4 }),
    tables: fc.integer({ min: 1, max: 3 }),
    absences: fc.array(fc.option(fc.nat({ max: 3 }), { freq: 2 }), { minLength: 3, maxLength: 6 }),
    meetings: fc.array(
      fc.record({
        members: fc.uniqueArray(fc.nat({ max: 5 }), { minLength: 2, maxLength: 3 }),
        priority: fc.nat({ max: 2 }),
        lock: fc.option(fc.tuple(fc.nat({ max: 3 }), fc.nat({ max: 2 })), { freq: 6, nil: null }),
        home: fc.option(fc.nat({ max: 2 }), { freq: 3, nil: null }),
        before: fc.option(fc.tuple(fc.nat({ max: 3 }), fc.nat({ max: 2 })), { freq: 3, nil: null }),
      }),
      { maxLength: 7 },
    ),
    seed: fc.nat(),
  })
  .map(({ slots, tables, absences, meetings, seed }) => {
    const at = (pair: [number, number]) => ({
      slotId: `s${pair[0] % slots}`,
      tableId: `t${pair[1] % tables}`,
    });
    return {
      slots: hourlySlots(slots),
      tables: tablesOf(tables),
      participants: Array.from({ length: 6 }, (_, i) => {
        const hour = absences[i] ?? null;
        const span = { start: ((hour ?? 0) * 60 + 10) * MINUTE, end: ((hour ?? 0) * 60 + 20) * MINUTE };
        return { id: `p${i}`, unavailable: hour === null ? [] : [span] };
      }),
      meetings: meetings.map(({ members, priority, lock, home }, i) => ({
        id: `m${i}`,
        participantIds: members.map((p) => `p${p}`),
        priority,
        locked: lock && at(lock),
        homeTableId: home === null ? null : `t${home % tables}`,
      })),
      previous: meetings.flatMap(({ before }, i) => (before ? [{ meetingId: `m${i}`, ...at(before) }] : [])),
      seed,
    };
  });

/** The most meetings any timetable of a small input can place, by trying everything. */
export function bruteForcePlaced(input: TimetableInput): number {
  const busy = new Set<string>();
  const load = new Map<string, number>();
  const free = (id: string, slot: TimetableSlot) =>
    (input.participants.find((p) => p.id === id)?.unavailable ?? []).every(
      ({ start, end }) => end <= slot.start || start >= slot.end,
    );
  const search = (m: number): number => {
    const meeting = input.meetings[m];
    if (!meeting) return 0;
    let best = search(m + 1);
    for (const slot of input.slots) {
      const { locked: lock, participantIds: ids } = meeting;
      if (lock && lock.slotId !== slot.id) continue;
      // Without a lock any table will do, so only their number counts.
      const keys = [...ids, ...(lock ? [`table ${lock.tableId}`] : [])].map((key) => `${key} ${slot.id}`);
      const here = load.get(slot.id) ?? 0;
      if (here >= input.tables.length || keys.some((key) => busy.has(key))) continue;
      if (!ids.every((id) => free(id, slot))) continue;
      keys.forEach((key) => busy.add(key));
      load.set(slot.id, here + 1);
      best = Math.max(best, 1 + search(m + 1));
      keys.forEach((key) => busy.delete(key));
      load.set(slot.id, here);
    }
    return best;
  };
  return search(0);
}
