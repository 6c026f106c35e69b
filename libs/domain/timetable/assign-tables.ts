import type { TimetableIndex } from './timetable-index.js';

/**
 * The table of each placed meeting, -1 for the others: locked ones first, then the table it had in the same slot
 * before, then its home table, then the first free one, rather one that is nobody's home. O(M·T).
 * @param tablesOf tables each meeting may get, so that any choice leaves enough for the others
 */
export function assignTables(
  index: TimetableIndex,
  slotOf: ArrayLike<number>,
  tablesOf: (m: number) => readonly number[],
  order: readonly number[],
): Int32Array {
  const tableOf = new Int32Array(index.members.length).fill(-1);
  const taken = new Set<string>();
  const homes = new Set(index.home);
  const give = (m: number, table: number | null | undefined): void => {
    const slot = slotOf[m] ?? -1;
    if (table === null || table === undefined || (tableOf[m] ?? 0) >= 0 || !tablesOf(m).includes(table))
      return;
    const keys = Array.from({ length: index.length[m] ?? 1 }, (_, i) => `${slot + i}/${table}`);
    if (keys.some((key) => taken.has(key))) return;
    for (const key of keys) taken.add(key);
    tableOf[m] = table;
  };
  const placed = order.filter((m) => (slotOf[m] ?? -1) >= 0);
  for (const m of placed) give(m, index.locked[m]?.table);
  for (const m of placed) {
    const before = index.previous[m];
    if (before && before.slot === slotOf[m]) give(m, before.table);
  }
  for (const m of placed) give(m, index.home[m]);
  for (const m of placed) {
    for (const table of tablesOf(m)) if (!homes.has(table)) give(m, table);
    for (const table of tablesOf(m)) give(m, table);
  }
  return tableOf;
}
