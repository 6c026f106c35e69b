import { comparePlaces } from './compare-places.js';

const place = (meetingId: string, tableId: string, start: number) => ({
  meetingId,
  tableId,
  start,
  end: start + 20,
});

test('every meeting is added, moved, removed or unchanged', () => {
  const before = [place('e', 't1', 0), place('a', 't1', 20), place('b', 't1', 40), place('c', 't2', 40)];
  const after = [place('d', 't1', 0), place('a', 't1', 20), place('b', 't2', 40), place('c', 't2', 60)];
  expect(comparePlaces(before, after)).toEqual([
    { meetingId: 'a', change: 'unchanged' },
    { meetingId: 'b', change: 'moved' },
    { meetingId: 'c', change: 'moved' },
    { meetingId: 'd', change: 'added' },
    { meetingId: 'e', change: 'removed' },
  ]);
});

test('another length of the slot is a move', () => {
  const was = place('a', 't1', 0);
  expect(comparePlaces([was], [{ ...was, end: 30 }])).toEqual([{ meetingId: 'a', change: 'moved' }]);
});
