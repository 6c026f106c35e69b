/** A half-open span `[start, end)` on one axis, mostly epoch milliseconds; empty when `end <= start`. */
export interface Interval {
  start: number;
  end: number;
}

export function isEmpty({ start, end }: Interval): boolean {
  return end <= start;
}

/** True when both share a point; spans that only touch do not overlap. */
export function overlaps(a: Interval, b: Interval): boolean {
  return Math.max(a.start, b.start) < Math.min(a.end, b.end);
}

export function containsPoint({ start, end }: Interval, point: number): boolean {
  return start <= point && point < end;
}

/** True when every point of `inner` lies in `outer`; an empty `inner` lies in everything. */
export function containsInterval(outer: Interval, inner: Interval): boolean {
  return isEmpty(inner) || (outer.start <= inner.start && inner.end <= outer.end);
}

/** The union in order, as few spans as possible: touching spans are joined. O(n log n). */
export function mergeIntervals(intervals: readonly Interval[]): Interval[] {
  const sorted = intervals
    .filter((interval) => !isEmpty(interval))
    .sort((a, b) => a.start - b.start || a.end - b.end);
  const merged: Interval[] = [];
  for (const { start, end } of sorted) {
    const last = merged[merged.length - 1];
    if (last && start <= last.end) last.end = Math.max(last.end, end);
    else merged.push({ start, end });
  }
  return merged;
}

/** The points of `from` that lie in none of `removed`, merged. O(n log n + nm). */
export function subtractIntervals(from: readonly Interval[], removed: readonly Interval[]): Interval[] {
  let left = mergeIntervals(from);
  for (const cut of mergeIntervals(removed)) {
    left = left.flatMap((piece) =>
      overlaps(piece, cut)
        ? [
            { start: piece.start, end: cut.start },
            { start: cut.end, end: piece.end },
          ].filter((rest) => !isEmpty(rest))
        : [piece],
    );
  }
  return left;
}

/** The points that lie in both unions, merged. O(n log n + m log m). */
export function intersectIntervals(a: readonly Interval[], b: readonly Interval[]): Interval[] {
  const left = mergeIntervals(a);
  const right = mergeIntervals(b);
  const common: Interval[] = [];
  let i = 0;
  let j = 0;
  for (let x = left[i], y = right[j]; x && y; x = left[i], y = right[j]) {
    const span = { start: Math.max(x.start, y.start), end: Math.min(x.end, y.end) };
    if (!isEmpty(span)) common.push(span);
    if (x.end < y.end) i++;
    else j++;
  }
  return common;
}

/** The summed length of the union. */
export function totalLength(intervals: readonly Interval[]): number {
  return mergeIntervals(intervals).reduce((sum, { start, end }) => sum + end - start, 0);
}
