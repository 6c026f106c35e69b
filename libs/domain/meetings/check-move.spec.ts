import fc from 'fast-check';
import { checkMove, type SeatedPlace } from './check-move.js';

const place = (meetingId: string, tableId: string, start: number, ...personIds: string[]): SeatedPlace => ({
  meetingId,
  tableId,
  start,
  end: start + 20,
  personIds,
});
const nobodyAway = new Map<string, never[]>();

test('a free place has no conflicts, also right before and after others', () => {
  const others = [
    place('x', 't1', 0, 'a', 'c'),
    place('y', 't1', 40, 'a', 'c'),
    place('z', 't2', 20, 'c', 'd'),
  ];
  expect(checkMove([place('m', 't1', 20, 'a', 'b')], others, nobodyAway)).toEqual([]);
});

test('taken people, taken tables and absences are named', () => {
  const others = [place('x', 't2', 10, 'a', 'c'), place('y', 't1', 30, 'd', 'e')];
  const away = new Map([['b', [{ start: 39, end: 50 }]]]);
  expect(checkMove([place('m', 't1', 20, 'a', 'b')], others, away)).toEqual([
    { kind: 'person-busy', meetingId: 'm', personId: 'a', otherId: 'x' },
    { kind: 'table-busy', meetingId: 'm', otherId: 'y' },
    { kind: 'person-away', meetingId: 'm', personId: 'b' },
  ]);
});

test('two moved meetings are checked against each other', () => {
  const moved = [place('m', 't1', 0, 'a', 'b'), place('n', 't2', 0, 'a', 'c')];
  expect(checkMove(moved, [], nobodyAway)).toEqual([
    { kind: 'person-busy', meetingId: 'n', personId: 'a', otherId: 'm' },
  ]);
});

test('places have no conflict exactly when no two that overlap share a person or a table', () => {
  const anyPlace = fc.record({
    tableId: fc.constantFrom('t1', 't2'),
    start: fc.integer({ min: 0, max: 8 }),
    people: fc.constantFrom<string[]>(['a', 'b'], ['a', 'c'], ['b', 'c'], ['d', 'e']),
  });
  fc.assert(
    fc.property(fc.array(anyPlace, { maxLength: 5 }), (drawn) => {
      const places = drawn.map((row, i) => ({
        ...row,
        meetingId: `m${i}`,
        end: row.start + 2,
        personIds: row.people,
      }));
      const clash = places.some((one, i) =>
        places
          .slice(i + 1)
          .some(
            (two) =>
              Math.abs(one.start - two.start) < 2 &&
              (one.tableId === two.tableId || one.people.some((person) => two.people.includes(person))),
          ),
      );
      expect(checkMove(places, [], nobodyAway).length > 0).toBe(clash);
    }),
  );
});
