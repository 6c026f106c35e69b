import { countBreaks } from './count-breaks.js';

export interface BreakChange {
  readonly before: number;
  readonly after: number;
  /** The last slot taken before and the first one after the idle run where the meeting was; null at an end of the day. */
  readonly gap: { readonly from: number; readonly to: number } | null;
}

/**
 * What becomes of one person's breaks (`countBreaks`) without one meeting: `busy` are the positions of the slots that all
 * of their meetings take, `removed` those of the one, a run. O(n log n).
 */
export function breaksWithout(busy: readonly number[], removed: readonly number[]): BreakChange {
  const gone = new Set(removed);
  const left = busy.filter((slot) => !gone.has(slot));
  const from = Math.max(...left.filter((slot) => slot < Math.min(...removed)));
  const to = Math.min(...left.filter((slot) => slot > Math.max(...removed)));
  const isGap = removed.length > 0 && Number.isFinite(from) && Number.isFinite(to);
  return { before: countBreaks(busy), after: countBreaks(left), gap: isGap ? { from, to } : null };
}
