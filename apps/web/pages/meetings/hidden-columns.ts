export interface HiddenColumns {
  readonly left: number;
  readonly right: number;
}

/** Pixels as the browser has them; fractions of one do not count. */
export interface ScrollState {
  readonly scrollLeft: number;
  readonly clientWidth: number;
  readonly scrollWidth: number;
}

/**
 * How many of equal columns cannot be seen whole on each side of a board that scrolls sideways, behind a first column,
 * `first` pixels wide, that stays in sight.
 */
export function hiddenColumns(
  { scrollLeft, clientWidth, scrollWidth }: ScrollState,
  first: number,
  columns: number,
): HiddenColumns {
  const width = (scrollWidth - first) / columns;
  if (columns === 0 || width <= 0) return { left: 0, right: 0 };
  const behind = (pixels: number) => Math.min(columns, Math.max(0, Math.ceil((pixels - 1) / width)));
  return { left: behind(scrollLeft), right: behind(scrollWidth - clientWidth - scrollLeft) };
}
