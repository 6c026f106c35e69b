import fc from 'fast-check';
import { solveTimetable, type SolvedTimetable } from './solve-timetable.js';
import type { MeetingPlacement, TimetableInput } from './timetable.js';
import { objectiveOf } from './verify-objective.js';
import type { TimetableRule } from './verify-placement.js';
import { verifyTimetable } from './verify-timetable.js';

const HOUR = 3_600_000;
const RUNS = 150;
const slots = (count: number) =>
  Array.from({ length: count }, (_, s) => ({ id: `s${s}`, start: s * HOUR, end: (s + 1) * HOUR }));
const people = (...ids: string[]) => ids.map((id) => ({ id, unavailable: [] }));
const meeting = (id: string, ...participantIds: string[]) => ({ id, participantIds, priority: 0 });
const event = (change: Partial<TimetableInput>): TimetableInput => ({
  slots: slots(3),
  tables: ['t0', 't1'].map((id) => ({ id, label: id })),
  participants: people('a', 'b', 'c', 'd'),
  meetings: [],
  seed: 1,
  ...change,
});

/** Without a clock: the work is done when it is proved. */
const solve = (input: TimetableInput, demand: 'all' | 'possible'): Promise<SolvedTimetable> =>
  solveTimetable(input, { demand, limit: 1, elapsed: () => 0 });

test('what cannot be because of one person is told in numbers', async () => {
  const meetings = [meeting('1', 'a', 'b'), meeting('2', 'a', 'c'), meeting('3', 'a', 'd')];
  const solved = await solve(event({ slots: slots(2), meetings }), 'all');
  expect(solved).toEqual({
    status: 'infeasible',
    timetable: null,
    goal: 'breaks',
    lower: null,
    upper: null,
    reasons: [{ kind: 'participant-full', participantId: 'a', meetings: 3, slots: 3, freeSlots: 2 }],
  });
});

test('too few tables are told in numbers', async () => {
  const solved = await solve(
    event({
      slots: slots(1),
      tables: [{ id: 't0', label: '1' }],
      meetings: [meeting('1', 'a', 'b'), meeting('2', 'c', 'd')],
    }),
    'all',
  );
  expect(solved.reasons).toEqual([{ kind: 'tables-full', session: null, slots: 2, seats: 1 }]);
});

test('a circle of orders is named by its meetings, without those that are innocent', async () => {
  const meetings = [
    { ...meeting('1', 'a', 'b'), after: ['2'] },
    { ...meeting('2', 'c', 'd'), after: ['1'] },
    meeting('3', 'a', 'c'),
  ];
  const solved = await solve(event({ meetings }), 'all');
  expect([solved.status, solved.reasons]).toEqual([
    'infeasible',
    [{ kind: 'conflict', meetingIds: ['1', '2'], participantIds: ['a', 'b', 'c', 'd'] }],
  ]);
});

test('a spread of breaks that cannot be kept is named', async () => {
  const lock = (slotId: string) => ({ slotId, tableId: null });
  const meetings = [
    { ...meeting('1', 'a', 'b'), locked: lock('s0') },
    { ...meeting('2', 'a', 'c'), locked: lock('s2') },
  ];
  const solved = await solve(event({ meetings, fairness: 0 }), 'all');
  expect([solved.status, solved.reasons]).toEqual(['infeasible', [{ kind: 'fairness', bound: 0 }]]);
});

test('stopped before it begins, there still is a timetable', async () => {
  const input = event({ meetings: [meeting('1', 'a', 'b'), meeting('2', 'a', 'c')] });
  const solved = await solveTimetable(input, {
    demand: 'possible',
    limit: 1,
    elapsed: () => 0,
    cancelled: () => true,
  });
  expect([solved.status, solved.timetable?.objective.placed]).toEqual(['gap', 2]);
});

test('a shorter evening keeps what it can: fewest meetings move', async () => {
  const meetings = [meeting('1', 'a', 'b'), meeting('2', 'a', 'c'), meeting('3', 'b', 'd')];
  const previous = [
    { meetingId: '1', slotId: 's1', tableId: 't0' },
    { meetingId: '2', slotId: 's2', tableId: 't0' },
    { meetingId: '3', slotId: 's2', tableId: 't1' },
  ];
  const participants = people('a', 'b', 'c', 'd').map((person) =>
    person.id === 'c' ? { ...person, unavailable: [{ start: 2 * HOUR, end: 3 * HOUR }] } : person,
  );
  const { timetable, status } = await solve(event({ meetings, previous, participants }), 'possible');
  expect([status, timetable?.objective.moved]).toEqual(['optimal', 1]);
  expect(timetable?.placements).toContainEqual({ meetingId: '1', slotId: 's1', tableId: 't0' });
});

/** Two sessions of two slots, three tables in two rooms, four people in two groups, up to four meetings. */
const smallTimetable: fc.Arbitrary<TimetableInput> = fc
  .record({
    meetings: fc.array(
      fc.record({
        members: fc.uniqueArray(fc.nat({ max: 3 }), { minLength: 2, maxLength: 3 }),
        priority: fc.nat({ max: 2 }),
        wish: fc.constantFrom(
          'like' as const,
          'like' as const,
          'like' as const,
          'must' as const,
          'no-thanks' as const,
        ),
        length: fc.constantFrom(1, 1, 1, 2),
        session: fc.constantFrom(null, null, null, 'am', 'pm'),
        lock: fc.option(fc.tuple(fc.nat({ max: 3 }), fc.option(fc.nat({ max: 2 }), { nil: null })), {
          freq: 8,
          nil: null,
        }),
        screen: fc.constantFrom(false, false, true),
        only: fc.option(fc.nat({ max: 2 }), { freq: 8, nil: null }),
        after: fc.option(fc.nat({ max: 3 }), { freq: 4, nil: null }),
        before: fc.option(fc.tuple(fc.nat({ max: 3 }), fc.nat({ max: 2 })), { freq: 3, nil: null }),
      }),
      { minLength: 1, maxLength: 4 },
    ),
    tables: fc.integer({ min: 1, max: 3 }),
    away: fc.array(fc.option(fc.nat({ max: 3 }), { freq: 3, nil: null }), { minLength: 4, maxLength: 4 }),
    min: fc.array(fc.constantFrom(0, 0, 1, 2), { minLength: 4, maxLength: 4 }),
    max: fc.array(fc.constantFrom(null, null, null, 1, 2), { minLength: 4, maxLength: 4 }),
    quota: fc.option(fc.record({ min: fc.nat({ max: 2 }), max: fc.integer({ min: 1, max: 3 }) }), {
      nil: null,
    }),
    walk: fc.constantFrom(0, 0, 30, 90),
    block: fc.option(fc.tuple(fc.nat({ max: 3 }), fc.nat({ max: 3 })), { freq: 4, nil: null }),
    fairness: fc.constantFrom(null, 0, 1),
    seed: fc.nat({ max: 1000 }),
  })
  .map(({ meetings, tables, away, min, max, quota, walk, block, fairness, seed }) => ({
    slots: slots(4).map((slot, s) => ({ ...slot, session: s < 2 ? 'am' : 'pm' })),
    tables: Array.from({ length: tables }, (_, t) => ({
      id: `t${t}`,
      label: String(t),
      room: t === 0 ? 'r0' : 'r1',
      features: t === 1 ? ['screen'] : [],
    })),
    participants: people('p0', 'p1', 'p2', 'p3').map((person, p) => ({
      ...person,
      unavailable:
        away[p] === null ? [] : [{ start: (away[p] ?? 0) * HOUR + 1, end: (away[p] ?? 0) * HOUR + 2 }],
      minMeetings: min[p] ?? 0,
      maxMeetings: max[p] ?? null,
      groups: p < 2 ? ['g0'] : p === 2 ? ['g0', 'g1'] : ['g1'],
    })),
    meetings: meetings.map(({ members, priority, wish, length, session, lock, screen, only, after }, m) => ({
      id: `m${m}`,
      participantIds: members.map((p) => `p${p}`),
      priority,
      wish,
      length,
      session,
      locked: lock && { slotId: `s${lock[0]}`, tableId: lock[1] === null ? null : `t${lock[1] % tables}` },
      features: screen ? ['screen'] : [],
      tableIds: only === null ? null : [`t${only % tables}`],
      homeTableId: m % 2 === 0 ? 't0' : null,
      after: after === null || after >= meetings.length || after === m ? [] : [`m${after}`],
    })),
    previous: meetings.flatMap(({ before }, m) =>
      before ? [{ meetingId: `m${m}`, slotId: `s${before[0]}`, tableId: `t${before[1] % tables}` }] : [],
    ),
    travel: [{ from: 'r0', to: 'r1', minutes: walk }],
    blocks: block === null || block[0] === block[1] ? [] : [[`p${block[0]}`, `p${block[1]}`] as const],
    quotas:
      quota === null
        ? []
        : [
            { group: 'g0', ...quota },
            { group: 'g1', max: 3 },
          ],
    fairness,
    seed,
  }));

/** Rules about figures and reasons, which a half-built timetable has none of. */
const LATER = new Set<TimetableRule>([
  'missing-meeting',
  'objective',
  'reason',
  'placeable-left-out',
  'fairness',
]);

/** The least costs of any timetable, and of those with all meetings that may take place, by trying all. */
function bestByTrying(input: TimetableInput): { costs: number[]; complete: number[] | null } {
  const none = { placed: 0, missedMust: 0, shortfall: 0, satisfaction: 0, moved: 0, unfair: 0, breaks: 0 };
  const all = input.meetings.length - barredCount(input);
  let costs: number[] | null = null;
  let complete: number[] | null = null;
  const less = (a: readonly number[], b: readonly number[] | null) => {
    const at = b === null ? 0 : a.findIndex((cost, i) => cost !== b[i]);
    return at >= 0 && (a[at] ?? 0) < (b?.[at] ?? Infinity);
  };
  const places = input.slots.flatMap((slot) => input.tables.map((table) => [slot.id, table.id] as const));
  const search = (m: number, placements: MeetingPlacement[]): void => {
    const meeting = input.meetings[m];
    if (meeting === undefined) {
      const own = figuresOf(input, placements);
      if (less(own, costs)) costs = own;
      if (placements.length === all && own.at(-2) === 0 && less(own.slice(3), complete))
        complete = own.slice(3);
      return;
    }
    search(m + 1, placements);
    for (const [slotId, tableId] of places) {
      const more = [...placements, { meetingId: meeting.id, slotId, tableId }];
      const broken = verifyTimetable(input, { placements: more, unplaced: [], objective: none });
      if (broken.every(({ rule }) => LATER.has(rule))) search(m + 1, more);
    }
  };
  search(0, []);
  return { costs: costs ?? [], complete };
}

/** In the order of weight; among them for k = 1 to 4 the number of people with less than k meetings. */
function figuresOf(input: TimetableInput, placements: MeetingPlacement[]): number[] {
  const placed = placements.flatMap(({ meetingId, slotId, tableId }) => {
    const meeting = input.meetings.find(({ id }) => id === meetingId);
    const table = input.tables.find(({ id }) => id === tableId);
    const first = input.slots.findIndex(({ id }) => id === slotId);
    const taken = Array.from({ length: meeting?.length ?? 1 }, (_, i) => first + i);
    return meeting && table ? [{ meeting, table, slots: taken }] : [];
  });
  const { missedMust, shortfall, satisfaction, moved, unfair, breaks } = objectiveOf(
    input,
    { placements },
    placed,
  );
  const least = [1, 2, 3, 4].map(
    (k) =>
      input.participants.filter(
        ({ id }) => placed.filter(({ meeting }) => meeting.participantIds.includes(id)).length < k,
      ).length,
  );
  return [missedMust, shortfall, -satisfaction, moved, ...least, unfair, breaks];
}

test('as good as trying everything, with every rule, and never a broken one', async () => {
  await fc.assert(
    fc.asyncProperty(smallTimetable, async (input) => {
      const solved = await solve(input, 'possible');
      expect(solved.timetable && verifyTimetable(input, solved.timetable)).toEqual([]);
      expect(solved.status).toBe('optimal');
      expect(figuresOf(input, solved.timetable?.placements ?? [])).toEqual(bestByTrying(input).costs);
      expect(await solve(input, 'possible')).toEqual(solved);
    }),
    { numRuns: RUNS },
  );
});

test('all or nothing: the same answer as trying everything', async () => {
  const seen = new Set<string>();
  await fc.assert(
    fc.asyncProperty(smallTimetable, async (input) => {
      const solved = await solve(input, 'all');
      seen.add(solved.status);
      const { complete } = bestByTrying(input);
      expect(solved.status).toBe(complete === null ? 'infeasible' : 'optimal');
      if (solved.timetable === null) {
        expect(solved.reasons.length).toBeGreaterThan(0);
        return;
      }
      expect(solved.timetable.unplaced.length).toBe(barredCount(input));
      expect(figuresOf(input, solved.timetable.placements).slice(3)).toEqual(complete);
    }),
    { numRuns: RUNS },
  );
  expect([...seen].sort()).toEqual(['infeasible', 'optimal']);
});

/** Meetings that can never take place and are no reason for the others not to. */
function barredCount({ meetings, blocks }: TimetableInput): number {
  return meetings.filter(
    ({ wish, participantIds }) =>
      wish === 'no-thanks' || blocks?.some((pair) => pair.every((id) => participantIds.includes(id))),
  ).length;
}

test('a home table is used where it is free, also beside tables with features', async () => {
  const solved = await solve(
    {
      slots: slots(2),
      tables: [
        { id: 't0', label: '0' },
        { id: 't1', label: '1', features: ['screen'] },
        { id: 't2', label: '2' },
      ],
      participants: people('a', 'b', 'c'),
      meetings: [
        { id: 'm0', participantIds: ['a', 'b'], priority: 0, features: ['screen'] },
        { id: 'm1', participantIds: ['a', 'c'], priority: 0, homeTableId: 't2' },
      ],
      seed: 1,
    },
    'possible',
  );
  const tables = solved.timetable?.placements
    .map(({ meetingId, tableId }) => `${meetingId} ${tableId}`)
    .sort();
  expect(tables).toEqual(['m0 t1', 'm1 t2']);
});

test('a home table draws the day into its room when rooms are too far apart to change', async () => {
  const rooms = ['west', 'west', 'east', 'east'];
  const solved = await solve(
    {
      slots: slots(3),
      tables: rooms.map((room, t) => ({ id: `t${t}`, label: String(t), room })),
      participants: people('a', 'b', 'c', 'd'),
      meetings: [
        { id: 'm0', participantIds: ['a', 'b'], priority: 0 },
        { id: 'm1', participantIds: ['a', 'c'], priority: 0, homeTableId: 't3' },
        { id: 'm2', participantIds: ['a', 'd'], priority: 0 },
      ],
      travel: [{ from: 'west', to: 'east', minutes: 300 }],
      seed: 1,
    },
    'possible',
  );
  const tables = new Map(solved.timetable?.placements.map((place) => [place.meetingId, place.tableId]));
  expect([solved.status, tables.get('m1')]).toEqual(['optimal', 't3']);
  expect([...tables.values()].map((table) => rooms[Number(table.slice(1))])).toEqual([
    'east',
    'east',
    'east',
  ]);
});
