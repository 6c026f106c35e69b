/** How a stated number bounds a quantity: `between` uses both values, closed on both sides. */
export type IndicatorComparator = 'lt' | 'le' | 'eq' | 'ge' | 'gt' | 'between';

/**
 * One technical indicator as stated by a person: 定位精度 ≤ 0.05 m.
 * A tolerance (±0.05 m) is a bound on the absolute value and is stored as `le` 0.05.
 */
export interface Indicator {
  name: string;
  comparator: IndicatorComparator;
  value: number;
  /** Upper end of `between`, otherwise null. */
  valueHigh: number | null;
  /** As written (half-width), null when none was written. */
  unit: string | null;
  /** The words it was read from. */
  raw: string;
}

/** `start` and `end` are UTF-16 offsets of `raw` in the text that was parsed. */
export interface ParsedIndicator extends Indicator {
  start: number;
  end: number;
}
