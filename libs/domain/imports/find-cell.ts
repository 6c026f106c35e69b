/** A column's name without what people add to it. */
export const columnKey = (name: string): string =>
  name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s_*（）()【】:：\-.]/g, '');

/** A cell as text: numbers and dates as people write them, arrays joined, everything else empty. */
export function textOfCell(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return value.trim();
  if (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint')
    return String(value);
  if (value instanceof Date) return value.toISOString().slice(0, 10);
  if (Array.isArray(value)) return value.map(textOfCell).filter(Boolean).join('；');
  return '';
}

/** The cell of the first of these names that a row fills; with `any` also one that is not text. */
export function findCell(
  raw: Readonly<Record<string, unknown>>,
  names: readonly string[],
  any = false,
): { column: string; value: unknown } | null {
  const wanted = new Map(names.map((name, index) => [columnKey(name), index]));
  let best: { column: string; value: unknown; index: number } | null = null;
  for (const [column, value] of Object.entries(raw)) {
    const index = wanted.get(columnKey(column));
    if (index === undefined || (!any && textOfCell(value) === '')) continue;
    if (best === null || index < best.index) best = { column, value, index };
  }
  return best;
}
