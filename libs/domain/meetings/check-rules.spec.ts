import fc from 'fast-check';
import type { MeetingPlacement, TimetableInput } from '../timetable/timetable.js';
import { verifyTimetable } from '../timetable/verify-timetable.js';
import { checkMove } from './check-move.js';
import { checkRules, type NeedyPlace, type PlaceRules } from './check-rules.js';

const MINUTE = 60_000;
const rules: PlaceRules = {
  tables: new Map([
    ['t0', { room: 'A', features: ['screen'] }],
    ['t1', { room: 'B', features: [] }],
    ['t2', { room: null, features: [] }],
  ]),
  roomChangeMinutes: 10,
  maxOf: new Map([['a', 1]]),
  maxOfGroup: new Map([['lab', 2]]),
  groupsOf: new Map([
    ['c', ['lab']],
    ['d', ['lab']],
  ]),
};
const place = (meetingId: string, tableId: string, minute: number, ...personIds: string[]): NeedyPlace => ({
  meetingId,
  tableId,
  start: minute * MINUTE,
  end: (minute + 20) * MINUTE,
  personIds,
  features: [],
});
const none = new Set<string>();

test('a table without what a meeting needs is named', () => {
  const needy = { ...place('m', 't1', 0, 'a', 'b'), features: ['screen', 'quiet'] };
  expect(checkRules([needy], [], none, rules)).toEqual([
    { kind: 'table-lacks', meetingId: 'm', tableId: 't1', feature: 'screen' },
    { kind: 'table-lacks', meetingId: 'm', tableId: 't1', feature: 'quiet' },
  ]);
});

test('changing the room takes its minutes, before and after; tables without a room are near to all', () => {
  const others = [place('x', 't1', 0, 'a', 'c'), place('y', 't1', 49, 'b', 'd')];
  expect(checkRules([place('m', 't0', 20, 'a', 'b')], others, none, rules)).toEqual([
    { kind: 'too-far', meetingId: 'm', personId: 'a', otherId: 'x' },
    { kind: 'too-far', meetingId: 'm', personId: 'b', otherId: 'y' },
  ]);
  expect(checkRules([place('m', 't0', 30, 'a')], [others[0]!], none, rules)).toEqual([]);
  expect(checkRules([place('m', 't2', 20, 'a', 'b')], others, none, rules)).toEqual([]);
  expect(
    checkRules([place('m', 't0', 20, 'a', 'b')], others, none, { ...rules, roomChangeMinutes: 0 }),
  ).toEqual([]);
});

test('maxima hold for meetings that are added, not for those that move', () => {
  const others = [place('x', 't1', 0, 'a', 'c'), place('y', 't1', 100, 'b', 'd')];
  const moved = [place('m', 't1', 200, 'a', 'c')];
  expect(checkRules(moved, others, none, rules)).toEqual([]);
  expect(checkRules(moved, others, new Set(['m']), rules)).toEqual([
    { kind: 'maximum', meetingId: 'm', personId: 'a', group: null, max: 1 },
    { kind: 'maximum', meetingId: 'm', personId: null, group: 'lab', max: 2 },
  ]);
});

/** Rules of the verifier that a move by hand is asked about. */
const ASKED = new Set([
  'participant-double-booked',
  'table-double-booked',
  'unavailable',
  'wrong-table',
  'travel',
  'maximum',
]);

test('no conflict exactly when the verifier of timetables finds nothing broken', () => {
  const seen = new Set<boolean>();
  const anyMeeting = fc.record({
    slot: fc.nat(3),
    table: fc.nat(2),
    people: fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd'), { minLength: 2, maxLength: 3 }),
    length: fc.integer({ min: 1, max: 2 }),
    screen: fc.boolean(),
  });
  const input = fc.record({
    meetings: fc.array(anyMeeting, { minLength: 1, maxLength: 4 }),
    walk: fc.constantFrom(0, 15),
    max: fc.integer({ min: 1, max: 3 }),
    away: fc.nat(6),
  });
  fc.assert(
    fc.property(input, ({ meetings, walk, max, away }) => {
      const places = meetings.map(({ slot, table, people, length, screen }, m) => ({
        meetingId: `m${m}`,
        tableId: `t${table}`,
        start: slot * 20 * MINUTE,
        end: (slot + length) * 20 * MINUTE,
        personIds: people,
        features: screen ? ['screen'] : [],
      }));
      const limits = { ...rules, roomChangeMinutes: walk, maxOf: new Map([['a', max]]) };
      const absent = { start: away * 20 * MINUTE, end: (away + 1) * 20 * MINUTE };
      const added = new Set(places.map(({ meetingId }) => meetingId));
      const found = [
        ...checkMove(places, [], new Map([['b', [absent]]])),
        ...checkRules(places, [], added, limits),
      ];
      const wanted: TimetableInput = {
        slots: [0, 1, 2, 3, 4].map((s) => ({
          id: `s${s}`,
          start: s * 20 * MINUTE,
          end: (s + 1) * 20 * MINUTE,
        })),
        tables: [...rules.tables].map(([id, { room, features }]) => ({ id, label: id, room, features })),
        participants: ['a', 'b', 'c', 'd'].map((id) => ({
          id,
          unavailable: id === 'b' ? [absent] : [],
          maxMeetings: id === 'a' ? max : null,
          groups: id === 'c' || id === 'd' ? ['lab'] : [],
        })),
        meetings: meetings.map(({ people, length, screen }, m) => ({
          id: `m${m}`,
          participantIds: people,
          priority: 0,
          length,
          features: screen ? ['screen'] : [],
        })),
        travel: [{ from: 'A', to: 'B', minutes: walk }],
        quotas: [{ group: 'lab', max: 2 }],
        seed: 1,
      };
      const placements = meetings.map(({ slot, table }, m): MeetingPlacement => ({
        meetingId: `m${m}`,
        slotId: `s${slot}`,
        tableId: `t${table}`,
      }));
      const objective = {
        placed: 0,
        missedMust: 0,
        shortfall: 0,
        satisfaction: 0,
        moved: 0,
        unfair: 0,
        breaks: 0,
      };
      const broken = verifyTimetable(wanted, { placements, unplaced: [], objective }).filter(({ rule }) =>
        ASKED.has(rule),
      );
      expect(found.length === 0).toBe(broken.length === 0);
      seen.add(found.length === 0);
    }),
    { numRuns: 2_000 },
  );
  expect(seen).toEqual(new Set([true, false]));
});
