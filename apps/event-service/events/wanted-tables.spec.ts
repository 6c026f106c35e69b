import { wantedTables } from './wanted-tables.js';

const updatedAt = '2026-01-01T00:00:00Z';
const plain = { features: [] as string[], homeOrganisationId: null };
const known = [
  { id: 'a', label: '1', ...plain },
  { id: 'b', label: 'VIP', features: ['screen'], homeOrganisationId: 'o' },
];

test('a count keeps the first tables and numbers new ones with free numbers', () => {
  expect(wantedTables({ updatedAt, count: 4, room: null }, known)).toEqual([
    { id: 'a', label: '1', room: null, ...plain },
    { id: 'b', label: 'VIP', room: null, features: ['screen'], homeOrganisationId: 'o' },
    { id: null, label: '2', room: null, ...plain },
    { id: null, label: '3', room: null, ...plain },
  ]);
  expect(wantedTables({ updatedAt, count: 1, room: 'R' }, known)).toEqual([
    { id: 'a', label: '1', room: 'R', ...plain },
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

test('what is not said of a table stays; what is said replaces it', () => {
  const said = { id: 'b', label: 'VIP', room: null };
  const [kept] = wantedTables({ updatedAt, tables: [said] }, known);
  expect(kept).toEqual({ ...said, features: ['screen'], homeOrganisationId: 'o' });
  const [changed] = wantedTables(
    { updatedAt, tables: [{ ...said, features: ['screen', 'quiet', 'quiet'], homeOrganisationId: null }] },
    known,
  );
  expect(changed).toEqual({ ...said, features: ['quiet', 'screen'], homeOrganisationId: null });
});
