import type { TimetableBoard } from './timetable-board.js';

/**
 * The table of each placed meeting, -1 for the others: locked ones first, then the table it had in the
 * same slot before, then its home table, then the first free one, rather one that is nobody's home.
 * O(M·T).
 */
export function assignTables(board: TimetableBoard, order: readonly number[]): Int32Array {
  const { index } = board;
  const tableOf = new Int32Array(index.members.length).fill(-1);
  const taken = new Set<string>();
  const homes = new Set(index.home);
  const byPreference = Array.from({ length: index.tableCount }, (_, table) => table).sort(
    (a, b) => Number(homes.has(a)) - Number(homes.has(b)) || a - b,
  );
  const give = (m: number, table: number | null | undefined): void => {
    const key = `${board.slot(m)}/${table}`;
    if (table === null || table === undefined || (tableOf[m] ?? 0) >= 0 || taken.has(key)) return;
    taken.add(key);
    tableOf[m] = table;
  };
  const placed = order.filter((m) => board.isPlaced(m));
  for (const m of placed) give(m, index.locked[m]?.table);
  for (const m of placed) {
    const before = index.previous[m];
    if (before?.slot === board.slot(m)) give(m, before.table);
  }
  for (const m of placed) give(m, index.home[m]);
  for (const m of placed) for (const table of byPreference) give(m, table);
  return tableOf;
}
