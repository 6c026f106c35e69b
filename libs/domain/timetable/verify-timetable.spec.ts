import { buildTimetable } from './build-timetable.js';
import type { Timetable, TimetableInput } from './timetable.js';
import { verifyTimetable } from './verify-timetable.js';

const figures = (placed: number, breaks: number, moved: number) => ({
  placed,
  missedMust: 0,
  shortfall: 0,
  satisfaction: placed,
  moved,
  unfair: 0,
  breaks,
});

const input: TimetableInput = {
  slots: [0, 1, 2].map((i) => ({ id: `s${i}`, start: i * 3_600_000, end: (i + 1) * 3_600_000 })),
  tables: ['t0', 't1'].map((id) => ({ id, label: id })),
  participants: [
    { id: 'a', unavailable: [{ start: 7_200_000, end: 7_300_000 }] },
    { id: 'b', unavailable: [] },
    { id: 'c', unavailable: [] },
    { id: 'd', unavailable: [] },
  ],
  meetings: [
    { id: '1', participantIds: ['a', 'b'], priority: 0, locked: { slotId: 's0', tableId: 't0' } },
    { id: '2', participantIds: ['a', 'c'], priority: 0 },
    { id: '3', participantIds: ['c', 'd'], priority: 0 },
  ],
  previous: [{ meetingId: '3', slotId: 's0', tableId: 't1' }],
  seed: 1,
};
const right: Timetable = {
  placements: [
    { meetingId: '1', slotId: 's0', tableId: 't0' },
    { meetingId: '3', slotId: 's0', tableId: 't1' },
    { meetingId: '2', slotId: 's1', tableId: 't0' },
  ],
  unplaced: [],
  objective: figures(3, 0, 0),
};
const at = (meetingId: string, slotId: string, tableId: string) => ({ meetingId, slotId, tableId });
const [one, three, two] = right.placements;
const rules = (change: Partial<Timetable>) => [
  ...new Set(verifyTimetable(input, { ...right, ...change }).map(({ rule }) => rule)),
];

test('the right timetable is accepted, and it is the one that is built', () => {
  expect(verifyTimetable(input, right)).toEqual([]);
  expect(buildTimetable(input)).toEqual(right);
});

test.each<[string, Partial<Timetable>, string[]]>([
  ['an unknown table', { placements: [one!, three!, two!, at('2', 's1', 'x')] }, ['unknown-id', 'objective']],
  [
    'a meeting placed twice',
    { placements: [...right.placements, at('3', 's2', 't0')] },
    ['placed-twice', 'objective'],
  ],
  ['a meeting forgotten', { placements: [one!, three!] }, ['missing-meeting', 'objective']],
  [
    'two meetings of c at once',
    { placements: [one!, at('3', 's1', 't1'), two!], objective: figures(3, 0, 1) },
    ['participant-double-booked'],
  ],
  [
    'a table booked twice',
    { placements: [one!, at('3', 's0', 't0'), two!], objective: figures(3, 0, 1) },
    ['table-double-booked'],
  ],
  [
    'someone who is away',
    { placements: [one!, three!, at('2', 's2', 't0')], objective: figures(3, 2, 0) },
    ['unavailable'],
  ],
  [
    'a locked meeting moved',
    {
      placements: [at('1', 's0', 't1'), at('3', 's0', 't0'), two!],
      objective: figures(3, 0, 1),
    },
    ['locked-moved'],
  ],
  ['wrong breaks', { objective: figures(3, 1, 0) }, ['objective']],
  ['wrong moves', { objective: figures(3, 0, 1) }, ['objective']],
  ['wrong number placed', { objective: figures(2, 0, 0) }, ['objective']],
  [
    'a meeting left out though it fits',
    {
      placements: [one!, three!],
      unplaced: [{ meetingId: '2', reason: 'tables-full', detail: { freeSlots: 1 } }],
      objective: figures(2, 0, 0),
    },
    ['placeable-left-out'],
  ],
  [
    'a false reason',
    {
      placements: [one!, three!],
      unplaced: [
        {
          meetingId: '2',
          reason: 'participant-full',
          detail: { participantId: 'a', meetings: 2, freeSlots: 2 },
        },
      ],
      objective: figures(2, 0, 0),
    },
    ['placeable-left-out', 'reason'],
  ],
])('%s is found', (_what, change, expected) => {
  expect(rules(change)).toEqual(expected);
});
