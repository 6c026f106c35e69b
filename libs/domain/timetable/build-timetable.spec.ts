import fc from 'fast-check';
import { buildTimetable } from './build-timetable.js';
import { placementBound } from './placement-bound.js';
import { InvalidTimetableInputError, type TimetableInput, type TimetableSlot } from './timetable.js';
import { verifyTimetable } from './verify-timetable.js';

const MINUTE = 60_000;

const figures = (placed: number, breaks: number, moved: number) => ({
  placed,
  missedMust: 0,
  shortfall: 0,
  satisfaction: placed,
  moved,
  unfair: 0,
  breaks,
});

function hourlySlots(count: number): TimetableSlot[] {
  return Array.from({ length: count }, (_, i) => ({
    id: `s${i}`,
    start: i * 60 * MINUTE,
    end: (i + 1) * 60 * MINUTE,
  }));
}

function tablesOf(count: number): TimetableInput['tables'] {
  return Array.from({ length: count }, (_, i) => ({ id: `t${i}`, label: `${i + 1} 号桌` }));
}

/** Small inputs with absences, locks, home tables, groups of three and a previous timetable. */
const smallInput: fc.Arbitrary<TimetableInput> = fc
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
function bruteForcePlaced(input: TimetableInput): number {
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

const meeting = (id: string, ...participantIds: string[]) => ({ id, participantIds, priority: 0 });
const people = (...ids: string[]) => ids.map((id) => ({ id, unavailable: [] }));

function input(change: Partial<TimetableInput>): TimetableInput {
  return {
    slots: hourlySlots(3),
    tables: tablesOf(2),
    participants: people('a', 'b', 'c', 'd'),
    meetings: [],
    seed: 1,
    ...change,
  };
}

test('a participant with more meetings than slots is named', () => {
  const timetable = buildTimetable(
    input({
      slots: hourlySlots(2),
      meetings: [meeting('1', 'a', 'b'), meeting('2', 'a', 'c'), meeting('3', 'a', 'd')],
    }),
  );
  expect(timetable.objective).toEqual(figures(2, 0, 0));
  expect(timetable.unplaced).toEqual([
    { meetingId: '3', reason: 'participant-full', detail: { participantId: 'a', meetings: 3, freeSlots: 2 } },
  ]);
});

test('too few tables are named', () => {
  const timetable = buildTimetable(
    input({
      slots: hourlySlots(1),
      tables: tablesOf(1),
      meetings: [meeting('1', 'a', 'b'), meeting('2', 'c', 'd')],
    }),
  );
  expect(timetable.unplaced).toEqual([{ meetingId: '2', reason: 'tables-full', detail: { freeSlots: 1 } }]);
});

test('participants who are never there together are told so', () => {
  const absent = (id: string, start: number, end: number) => ({ id, unavailable: [{ start, end }] });
  const timetable = buildTimetable(
    input({
      slots: hourlySlots(2),
      participants: [absent('a', 0, 1), absent('b', 3_600_000, 3_600_001)],
      meetings: [meeting('1', 'a', 'b')],
    }),
  );
  expect(timetable.unplaced).toEqual([
    { meetingId: '1', reason: 'no-common-slot', detail: { freeSlots: 0 } },
  ]);
});

test('higher priority goes first, a lock before everything, a home table is used', () => {
  const timetable = buildTimetable(
    input({
      slots: hourlySlots(2),
      meetings: [
        { ...meeting('1', 'a', 'b'), priority: 1 },
        { ...meeting('2', 'a', 'c'), priority: 2, homeTableId: 't1' },
        { ...meeting('3', 'a', 'd'), locked: { slotId: 's1', tableId: 't1' } },
      ],
    }),
  );
  expect(timetable.placements).toEqual([
    { meetingId: '2', slotId: 's0', tableId: 't1' },
    { meetingId: '3', slotId: 's1', tableId: 't1' },
  ]);
});

test('one more meeting moves nobody when there is room', () => {
  const meetings = [meeting('1', 'a', 'b'), meeting('2', 'c', 'd')];
  const previous = [
    { meetingId: '1', slotId: 's2', tableId: 't1' },
    { meetingId: '2', slotId: 's0', tableId: 't0' },
  ];
  const timetable = buildTimetable(input({ meetings: [...meetings, meeting('3', 'a', 'c')], previous }));
  expect(timetable.objective).toEqual(figures(3, 0, 0));
  expect(timetable.placements).toEqual([
    { meetingId: '2', slotId: 's0', tableId: 't0' },
    { meetingId: '3', slotId: 's1', tableId: 't0' },
    { meetingId: '1', slotId: 's2', tableId: 't1' },
  ]);
});

test.each<[string, Partial<TimetableInput>]>([
  ['an unknown participant', { meetings: [meeting('1', 'a', 'x')] }],
  ['a participant twice', { meetings: [meeting('1', 'a', 'a')] }],
  ['two meetings of one id', { meetings: [meeting('1', 'a', 'b'), meeting('1', 'c', 'd')] }],
  [
    'an unknown locked slot',
    { meetings: [{ ...meeting('1', 'a', 'b'), locked: { slotId: 'x', tableId: 't0' } }] },
  ],
  ['slots out of order', { slots: hourlySlots(2).reverse() }],
])('%s is refused', (_what, change) => {
  expect(() => buildTimetable(input(change))).toThrow(InvalidTimetableInputError);
});

test('every timetable of small inputs is verified, within its bound, and the same again', () => {
  fc.assert(
    fc.property(smallInput, (small) => {
      const timetable = buildTimetable(small);
      expect(verifyTimetable(small, timetable)).toEqual([]);
      expect(timetable.objective.placed).toBeLessThanOrEqual(placementBound(small));
      expect(buildTimetable(small)).toEqual(timetable);
    }),
    { numRuns: 400 },
  );
});

test('small inputs without previous placements: at least 95 % of the optimum, never above the bound', () => {
  let placed = 0;
  let optimum = 0;
  fc.assert(
    fc.property(smallInput, (small) => {
      const fresh = { ...small, previous: [] };
      const best = bruteForcePlaced(fresh);
      expect(best).toBeLessThanOrEqual(placementBound(fresh));
      const own = buildTimetable(fresh).objective.placed;
      expect(own).toBeLessThanOrEqual(best);
      placed += own;
      optimum += best;
    }),
    { numRuns: 200, seed: 20261122 },
  );
  expect(placed / optimum).toBeGreaterThanOrEqual(0.95);
});

test('recomputing a timetable with itself as previous changes nothing', () => {
  fc.assert(
    fc.property(smallInput, (small) => {
      const first = buildTimetable({ ...small, previous: [] });
      const again = buildTimetable({ ...small, previous: first.placements });
      expect(again.objective.placed).toBeGreaterThanOrEqual(first.objective.placed);
      if (again.objective.placed === first.objective.placed)
        expect(again.placements).toEqual(first.placements);
    }),
  );
});

/** 60 participants (20 institutes, 40 enterprises), 150 different pairs, 12 slots. */
function largeInput(tables: number): TimetableInput {
  const pairs = Array.from({ length: 800 }, (_, k) => [k % 20, 20 + Math.floor(k / 20)] as const)
    .sort((a, b) => ((a[0] * 37 + a[1] * 101) % 797) - ((b[0] * 37 + b[1] * 101) % 797))
    .slice(0, 150);
  return {
    slots: hourlySlots(12),
    tables: tablesOf(tables),
    participants: Array.from({ length: 60 }, (_, i) => ({
      id: `p${i}`,
      unavailable: i % 5 === 0 ? [{ start: (i % 12) * 3_600_000, end: ((i % 12) + 1) * 3_600_000 }] : [],
    })),
    meetings: pairs.map(([a, b], i) => meeting(`m${String(i).padStart(3, '0')}`, `p${a}`, `p${b}`)),
    seed: 7,
  };
}

test.each([20, 13])('150 meetings of 60 participants in 12 slots at %d tables all find a place', (tables) => {
  const large = largeInput(tables);
  const timetable = buildTimetable(large);
  expect(verifyTimetable(large, timetable)).toEqual([]);
  expect(timetable.objective.placed).toBe(150);
});

test('a late absence moves few of 150 meetings', () => {
  const large = largeInput(20);
  const before = buildTimetable(large).placements;
  const [first] = large.participants;
  const late = {
    ...large,
    previous: before,
    participants: large.participants.map((p) => (p === first ? { ...p, unavailable: [large.slots[6]!] } : p)),
  };
  const after = buildTimetable(late);
  expect(verifyTimetable(late, after)).toEqual([]);
  expect(after.objective.placed).toBe(150);
  expect(after.objective.moved).toBeLessThanOrEqual(4);
});
