import type { BoardMeeting, TimetableBoardView } from '#libs/contracts/meetings/timetables.js';
import { boardBreaks, cellHints } from './cell-hints.js';

const at = (slot: number): string => `2026-12-01T0${slot}:00:00.000Z`;
const meeting = (
  id: string,
  firm: string,
  lab: string,
  slot: number | null,
  table = 't1',
  locked = false,
): BoardMeeting => {
  const place = slot === null ? null : { startsAt: at(slot), endsAt: at(slot + 1), tableId: table, table };
  const side = (name: string) => ({ id: `o-${name}`, name, personId: `p-${name}`, person: name });
  const plain = {
    need: null,
    capability: null,
    also: [],
    published: null,
    unplaced: null,
    status: 'requested' as const,
    guests: [],
    length: 1,
    features: [],
    wish: 'like' as const,
  };
  return { id, locked, enterprise: side(firm), institute: side(lab), place, ...plain };
};
const board = (
  meetings: BoardMeeting[],
  away: TimetableBoardView['away'] = [],
  closed: readonly number[] = [],
): TimetableBoardView => ({
  event: {
    id: 'e',
    title: '',
    titleEn: null,
    state: 'published',
    venue: null,
    address: null,
    startsAt: at(1),
    endsAt: at(6),
  },
  slots: [1, 2, 3, 4].map((slot) => ({
    startsAt: at(slot),
    endsAt: at(slot + 1),
    open: !closed.includes(slot),
  })),
  tables: ['t1', 't2'].map((id) => ({ id, label: id, room: null, features: [], homeOrganisationId: null })),
  roomChangeMinutes: 0,
  shown: 'draft',
  draft: null,
  published: null,
  latest: null,
  lastChange: null,
  away,
  meetings,
});
const hint = (view: TimetableBoardView, id: string, slot: number, table: string) =>
  cellHints(view, id)!(at(slot), table);

test('a free cell says how many gaps the move makes or closes', () => {
  const view = board([meeting('m', '甲', '子', 1), meeting('n', '甲', '丑', 2)]);
  expect(boardBreaks(view)).toBe(0);
  expect(hint(view, 'n', 4, 't2')).toEqual({ kind: 'free', word: 'free', names: {}, breaks: 1 });
  expect(hint(view, 'n', 2, 't2')).toEqual({ kind: 'free', word: 'free', names: {}, breaks: 0 });
  expect(hint(view, 'n', 2, 't1').kind).toBe('here');
});

test('people who are busy or away, and slots that have begun, are named before the drop', () => {
  const away = [{ personId: 'p-丑', startsAt: at(3), endsAt: at(4) }];
  const view = board([meeting('m', '甲', '子', 1), meeting('n', '甲', '丑', 2)], away, [4]);
  expect(hint(view, 'n', 1, 't2')).toMatchObject({
    kind: 'blocked',
    word: 'person',
    names: { person: '甲', other: '甲 – 子' },
  });
  expect(hint(view, 'n', 3, 't1')).toMatchObject({ kind: 'blocked', word: 'away', names: { person: '丑' } });
  expect(hint(view, 'n', 4, 't1')).toMatchObject({ kind: 'blocked', word: 'settled' });
});

test('a taken cell is a swap, unless the other one is locked, cannot come here, or there is nothing to give', () => {
  const view = board([
    meeting('m', '甲', '子', 1),
    meeting('n', '乙', '丑', 2),
    meeting('k', '丙', '寅', 3, 't1', true),
    meeting('b', '乙', '卯', 1, 't2'),
    meeting('u', '丁', '辰', null),
  ]);
  expect(hint(view, 'k', 1, 't1')).toMatchObject({ kind: 'swap', names: { other: '甲 – 子' } });
  expect(hint(view, 'm', 3, 't1')).toMatchObject({ kind: 'blocked', word: 'locked' });
  // Swapped, 乙 would be at two tables in the first slot.
  expect(hint(view, 'm', 2, 't1')).toMatchObject({
    kind: 'blocked',
    word: 'otherPerson',
    names: { person: '乙', other: '乙 – 卯' },
  });
  expect(hint(view, 'u', 2, 't1')).toMatchObject({ kind: 'blocked', word: 'unplaced' });
  expect(cellHints(view, 'gone')).toBeNull();
});

test('a meeting of two slots needs both, is counted in both, and is in the way in both', () => {
  const long = { ...meeting('m', '甲', '子', 1), length: 2 };
  const taken = { ...long, place: { ...long.place!, endsAt: at(3) } };
  const view = board([taken, meeting('n', '甲', '丑', 4)]);
  expect(boardBreaks(view)).toBe(1);
  expect(hint(view, 'm', 4, 't2')).toMatchObject({ kind: 'blocked', word: 'tooLong', names: { length: 2 } });
  expect(hint(view, 'm', 3, 't2')).toMatchObject({ kind: 'blocked', word: 'person' });
  expect(hint(view, 'n', 2, 't2')).toMatchObject({ kind: 'blocked', word: 'person' });
  expect(hint(view, 'n', 3, 't1')).toEqual({ kind: 'free', word: 'free', names: {}, breaks: -1 });
});

test('tables without what is needed, guests who are busy and rooms too far away are named', () => {
  const tables = [
    { id: 't1', label: '1', room: '东厅', features: ['screen' as const], homeOrganisationId: null },
    { id: 't2', label: '2', room: '西厅', features: [], homeOrganisationId: null },
  ];
  const guest = { personId: 'p-丑', person: '丑', organisationId: 'o', organisation: '丑' };
  const shown = { ...meeting('m', '甲', '子', null), features: ['screen' as const], guests: [guest] };
  const view = { ...board([shown, meeting('n', '乙', '丑', 2, 't2')]), tables, roomChangeMinutes: 30 };
  expect(hint(view, 'm', 1, 't2')).toMatchObject({ word: 'lacks', names: { feature: 'screen' } });
  expect(hint(view, 'm', 2, 't1')).toMatchObject({ word: 'person', names: { person: '丑' } });
  expect(hint(view, 'm', 3, 't1')).toMatchObject({ word: 'tooFar', names: { person: '丑' } });
  expect(hint(view, 'm', 4, 't1')).toMatchObject({ kind: 'free' });
});
