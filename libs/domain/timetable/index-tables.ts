import type { TimetableInput } from './timetable.js';

/** Tables at which each meeting can be, and whether all are alike to all (locks apart). O(M·T). */
export function groupTables(
  input: TimetableInput,
  locked: readonly ({ table: number | null } | null)[],
  positions: ReadonlyMap<string, number>,
): { tables: number[][]; alike: boolean } {
  let alike = true;
  const all = input.tables.map((_, t) => t);
  const tables = input.meetings.map(({ tableIds, features }, m) => {
    const wanted = tableIds ? new Set(tableIds.map((id) => positions.get(id) ?? -1)) : null;
    const needed = features ?? [];
    const fit =
      wanted === null && needed.length === 0
        ? all
        : all.filter(
            (t) =>
              (wanted === null || wanted.has(t)) &&
              needed.every((feature) => input.tables[t]?.features?.includes(feature)),
          );
    if (fit.length !== all.length) alike = false;
    const lock = locked[m]?.table ?? null;
    return lock === null ? fit : fit.filter((t) => t === lock);
  });
  return { tables, alike: alike && travelBetween(input) === null };
}

/** Minutes between two tables by position; null when nobody ever has to walk. */
export function travelBetween(input: TimetableInput): ((a: number, b: number) => number) | null {
  const minutes = new Map<string, number>();
  for (const { from, to, minutes: walk } of input.travel ?? []) {
    if (walk <= 0 || from === to) continue;
    for (const key of [`${from}\n${to}`, `${to}\n${from}`])
      minutes.set(key, Math.max(walk, minutes.get(key) ?? 0));
  }
  const rooms = input.tables.map(({ room }) => room ?? '');
  if (!rooms.some((a) => rooms.some((b) => minutes.has(`${a}\n${b}`)))) return null;
  return (a, b) => minutes.get(`${rooms[a] ?? ''}\n${rooms[b] ?? ''}`) ?? 0;
}
