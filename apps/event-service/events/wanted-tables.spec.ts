import { wantedTables } from './wanted-tables.js';

const updatedAt = '2026-01-01T00:00:00Z';
const known = [
  { id: 'a', label: '1' },
  { id: 'b', label: 'VIP' },
];

test('a count keeps the first tables and numbers new ones with free numbers', () => {
  expect(wantedTables({ updatedAt, count: 4, room: null }, known)).toEqual([
    { id: 'a', label: '1', room: null },
    { id: 'b', label: 'VIP', room: null },
    { id: null, label: '2', room: null },
    { id: null, label: '3', room: null },
  ]);
  expect(wantedTables({ updatedAt, count: 1, room: 'R' }, known)).toEqual([
    { id: 'a', label: '1', room: 'R' },
  ]);
});

test('tables are recognised by id, else by label; an unknown id is a new table', () => {
  const tables = [
    { id: 'b', label: '1', room: null },
    { label: 'VIP', room: null },
    { id: 'x', label: '9', room: null },
  ];
  expect(wantedTables({ updatedAt, tables }, known).map((table) => table.id)).toEqual(['b', null, null]);
  expect(wantedTables({ updatedAt, tables: [{ label: 'VIP', room: null }] }, known)[0]?.id).toBe('b');
});
