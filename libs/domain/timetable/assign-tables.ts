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
  const taken = new Uint8Array(index.slotCount * index.tableCount);
  const homes = new Set(index.home);
  /** True when m has a table afterwards. */
  const give = (m: number, table: number | null | undefined): boolean => {
    if ((tableOf[m] ?? 0) >= 0) return true;
    if (table === null || table === undefined) return false;
    const slot = slotOf[m] ?? -1;
    const end = slot + (index.length[m] ?? 1);
    for (let s = slot; s < end; s++) if (taken[s * index.tableCount + table] === 1) return false;
    if (!tablesOf(m).includes(table)) return false;
    for (let s = slot; s < end; s++) taken[s * index.tableCount + table] = 1;
    tableOf[m] = table;
    return true;
  };
  const placed = order.filter((m) => (slotOf[m] ?? -1) >= 0);
  for (const m of placed) give(m, index.locked[m]?.table);
  for (const m of placed) {
    const before = index.previous[m];
    if (before && before.slot === slotOf[m]) give(m, before.table);
  }
  for (const m of placed) give(m, index.home[m]);
  for (const m of placed) {
    const tables = tablesOf(m);
    if (!tables.some((table) => !homes.has(table) && give(m, table))) tables.some((table) => give(m, table));
  }
  return tableOf;
}

/**
 * Gives meetings their home table where that costs nothing: it is free, they may be there, nobody has further to walk,
 * and they were not where they are before. Changes `tableOf`. O(M·k).
 */
export function preferHomes(index: TimetableIndex, slotOf: ArrayLike<number>, tableOf: Int32Array): void {
  const taken = new Set<number>();
  const cells = (m: number, table: number) =>
    Array.from({ length: index.length[m] ?? 1 }, (_, i) => ((slotOf[m] ?? 0) + i) * index.tableCount + table);
  const placed = index.members.map((_, m) => m).filter((m) => (tableOf[m] ?? -1) >= 0);
  for (const m of placed) cells(m, tableOf[m] ?? 0).forEach((cell) => taken.add(cell));
  for (const m of placed) {
    const [home, now] = [index.home[m] ?? null, tableOf[m] ?? -1];
    const before = index.previous[m];
    if (home === null || home === now || !index.tables[m]?.includes(home)) continue;
    if (before?.slot === slotOf[m] && before?.table === now) continue;
    // With walks between rooms only a table as far from all others will do.
    const { travel } = index;
    const isAsFar =
      travel === null ||
      Array.from({ length: index.tableCount }, (_, t) => t).every((t) => travel(home, t) <= travel(now, t));
    if (!isAsFar || cells(m, home).some((cell) => taken.has(cell))) continue;
    cells(m, now).forEach((cell) => taken.delete(cell));
    cells(m, home).forEach((cell) => taken.add(cell));
    tableOf[m] = home;
  }
}
