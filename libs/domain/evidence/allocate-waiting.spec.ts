import fc from 'fast-check';
import { allocateWaiting, type WaitingEntry } from './allocate-waiting.js';
import { verifyWaiting } from './verify-waiting.js';

const entry = (id: string, size: number, passes = 0): WaitingEntry => ({
  id,
  size,
  passes,
  waitingSince: id.charCodeAt(0),
});
const capacity = 50;

test('first come, first served', () => {
  expect(
    allocateWaiting({ freeSeats: 2, capacity, entries: [entry('c', 1), entry('a', 1), entry('b', 1)] }),
  ).toEqual({ offers: ['a', 'b'], skipped: [], held: null });
});

test('smaller entries pass a group that does not fit, which counts once', () => {
  const entries = [entry('a', 40), entry('b', 1), entry('c', 1), entry('d', 5)];
  expect(allocateWaiting({ freeSeats: 3, capacity, entries })).toEqual({
    offers: ['b', 'c'],
    skipped: ['a'],
    held: null,
  });
});

test('a group passed three times holds the seats', () => {
  const entries = [entry('a', 40, 3), entry('b', 1)];
  expect(allocateWaiting({ freeSeats: 3, capacity, entries })).toEqual({
    offers: [],
    skipped: [],
    held: { id: 'a', seats: 3 },
  });
});

test('a group that can never fit holds nothing', () => {
  const entries = [entry('a', 51, 9), entry('b', 1)];
  expect(allocateWaiting({ freeSeats: 1, capacity, entries })).toEqual({
    offers: ['b'],
    skipped: [],
    held: null,
  });
});

test('without free seats nobody is offered or passed', () => {
  expect(allocateWaiting({ freeSeats: 0, capacity, entries: [entry('a', 1, 3)] })).toEqual({
    offers: [],
    skipped: [],
    held: null,
  });
});

const entries = fc.array(
  fc.record({
    size: fc.integer({ min: 1, max: 8 }),
    waitingSince: fc.nat({ max: 5 }),
    passes: fc.nat({ max: 4 }),
  }),
  { maxLength: 10 },
);
const input = fc
  .record({ freeSeats: fc.nat({ max: 12 }), capacity: fc.integer({ min: 1, max: 9 }), entries })
  .map((value) => ({ ...value, entries: value.entries.map((fields, i) => ({ ...fields, id: `p${i}` })) }));

test('every allocation is verified', () => {
  fc.assert(
    fc.property(input, (value) => {
      expect(verifyWaiting(value, allocateWaiting(value))).toEqual([]);
    }),
    { numRuns: 1000 },
  );
});

test('the verifier accepts one set of offers only', () => {
  fc.assert(
    fc.property(input, fc.nat(), (value, mask) => {
      const right = allocateWaiting(value);
      const offers = value.entries.map(({ id }) => id).filter((_, i) => (mask >> i) & 1);
      const other = { ...right, offers };
      const same = [...offers].sort().join() === [...right.offers].sort().join();
      expect(verifyWaiting(value, other).length === 0).toBe(same);
    }),
    { numRuns: 1000 },
  );
});

test('nobody starves: a waiting group is served before the fifth release of enough seats', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 2, max: 8 }),
      fc.array(fc.integer({ min: 1, max: 3 })),
      (size, releases) => {
        let group: WaitingEntry | null = { id: 'group', size, waitingSince: 0, passes: 0 };
        let free = 0;
        let passes = 0;
        releases.forEach((released, turn) => {
          if (!group) return;
          free += released;
          const single = { id: `s${turn}`, size: 1, waitingSince: turn + 1, passes: 0 };
          const result = allocateWaiting({ freeSeats: free, capacity, entries: [group, single] });
          passes += result.skipped.length;
          free -= result.offers.includes(single.id) ? 1 : 0;
          group = result.offers.includes('group') ? null : { ...group, passes };
        });
        expect(passes).toBeLessThanOrEqual(3);
        // From the third pass on every released seat stays, so the group is served once they add up.
        if (group) expect(free).toBeLessThan(size);
      },
    ),
  );
});
