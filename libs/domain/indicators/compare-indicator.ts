import { toBaseUnit } from './convert-unit.js';
import type { Indicator } from './indicator.js';
import {
  asBound,
  asMagnitude,
  asRange,
  isCoveredRange,
  isDifference,
  isUndecided,
} from './quantity-traits.js';

/**
 * `overlap`: the capability's statement neither guarantees nor rules out the need; `range`: one value or bound says nothing
 * of a whole range; `name`: the names may mean the same quantity.
 */
export type UnknownReason = 'not-stated' | 'unit' | 'dimension' | 'overlap' | 'direction' | 'range' | 'name';

export interface IndicatorComparison {
  outcome: 'met' | 'not_met' | 'unknown';
  /**
   * Slack of the capability's guaranteed bound relative to the asked value (0.4 = 40 % better, negative = short);
   * absolute in base units when the asked value is 0. Absent when there is no such bound.
   */
  margin?: number;
  /** Only with `unknown`. */
  reason?: UnknownReason;
  /** Only with reason `name`: what it would be if both names mean the same quantity. */
  supposed?: 'met' | 'not_met';
}

/** The set of values a statement allows, in base units. */
interface Interval {
  low: number;
  high: number;
  lowOpen: boolean;
  highOpen: boolean;
  dimension: string;
}

const EPSILON = 1e-9;

const isTemperature = ({ unit }: Indicator): boolean =>
  unit !== null && toBaseUnit(0, unit)?.dimension === 'temperature';

/** `steps`: a difference counts in steps of the unit, wherever its scale begins. */
function inBase(
  value: number,
  unit: string | null,
  steps: boolean,
): { value: number; dimension: string } | null {
  if (unit === null) return { value, dimension: 'number' };
  const base = toBaseUnit(value, unit);
  const zero = steps && base?.dimension === 'temperature' ? toBaseUnit(0, unit) : null;
  return base && zero ? { ...base, value: base.value - zero.value } : base;
}

function intervalOf(indicator: Indicator, steps: boolean): Interval | null {
  const { comparator, unit } = indicator;
  const from = inBase(indicator.value, unit, steps);
  const to = inBase(indicator.valueHigh ?? indicator.value, unit, steps);
  if (!from || !to || !Number.isFinite(from.value) || !Number.isFinite(to.value)) return null;
  const below = comparator === 'lt' || comparator === 'le';
  const above = comparator === 'gt' || comparator === 'ge';
  return {
    low: below ? -Infinity : Math.min(from.value, to.value),
    high: above ? Infinity : below ? from.value : Math.max(from.value, to.value),
    lowOpen: comparator === 'gt' || below,
    highOpen: comparator === 'lt' || above,
    dimension: from.dimension,
  };
}

/** a < b beyond rounding of unit conversion. */
function clearlyLess(a: number, b: number): boolean {
  if (!Number.isFinite(a) || !Number.isFinite(b)) return a < b;
  return b - a > EPSILON * Math.max(Math.abs(a), Math.abs(b));
}

function endIsBefore(a: number, aOpen: boolean, b: number, bOpen: boolean): boolean {
  return clearlyLess(a, b) || (!clearlyLess(b, a) && (aOpen || bOpen));
}

function contains(outer: Interval, inner: Interval): boolean {
  const lowFits =
    outer.low === -Infinity ||
    !(
      clearlyLess(inner.low, outer.low) ||
      (!clearlyLess(outer.low, inner.low) && outer.lowOpen && !inner.lowOpen)
    );
  const highFits =
    outer.high === Infinity ||
    !(
      clearlyLess(outer.high, inner.high) ||
      (!clearlyLess(inner.high, outer.high) && outer.highOpen && !inner.highOpen)
    );
  return lowFits && highFits;
}

function disjoint(a: Interval, b: Interval): boolean {
  return (
    endIsBefore(a.high, a.highOpen, b.low, b.lowOpen) || endIsBefore(b.high, b.highOpen, a.low, a.lowOpen)
  );
}

/** Smallest slack over the sides the asked interval limits; null when the capability is unbounded there. */
function marginOf(outer: Interval, inner: Interval): number | null {
  const width = outer.high - outer.low;
  const slack = (distance: number, asked: number): number => {
    const unit = Number.isFinite(width) && width > 0 ? width : Math.abs(asked);
    return unit === 0 ? distance : distance / unit;
  };
  const sides: number[] = [];
  if (outer.low !== -Infinity) sides.push(slack(inner.low - outer.low, outer.low));
  if (outer.high !== Infinity) sides.push(slack(outer.high - inner.high, outer.high));
  const margin = Math.min(...sides);
  return Number.isFinite(margin) ? margin : null;
}

/** A range that must be covered: what is offered says something only where it states where it ends. */
function decideCovered(asked: Interval, offered: Interval, capability: Indicator): IndicatorComparison {
  if (capability.comparator === 'eq') return { outcome: 'unknown', reason: 'range' };
  const margin = marginOf(offered, asked);
  const covers = contains(offered, asked);
  if (covers && capability.comparator !== 'between') return { outcome: 'unknown', reason: 'range' };
  const outcome = covers ? 'met' : 'not_met';
  return margin === null ? { outcome } : { outcome, margin };
}

/** ≤5 个 and 3, 4 级 and 4: what is counted may go without its word. */
const COUNTED: ReadonlySet<string> = new Set(['number', 'count', 'grade']);
const isCounted = (asked: Interval, offered: Interval): boolean =>
  [asked, offered].some(({ dimension }) => dimension === 'number') &&
  [asked, offered].every(({ dimension }) => COUNTED.has(dimension));

function decide(
  asked: Interval,
  offered: Interval,
  need: Indicator,
  capability: Indicator,
): IndicatorComparison {
  if (isUndecided(need) || isUndecided(capability)) return { outcome: 'unknown', reason: 'direction' };
  if (need.comparator === 'between' && isCoveredRange(need)) return decideCovered(asked, offered, capability);
  const margin = marginOf(asked, offered);
  const withMargin = (comparison: IndicatorComparison): IndicatorComparison =>
    margin === null ? comparison : { ...comparison, margin };
  if (contains(asked, offered)) return withMargin({ outcome: 'met' });
  if (need.comparator === 'eq') return { outcome: 'unknown', reason: 'direction' };
  if (disjoint(asked, offered)) return withMargin({ outcome: 'not_met' });
  return withMargin({ outcome: 'unknown', reason: 'overlap' });
}

/**
 * Compares what is asked with what is offered, as sets of values in base units: the offer inside the asked set is
 * `met`, disjoint is `not_met`, a partial overlap is `unknown`. A working range asked compares the other way round (the
 * offer must cover the need). A plain asked number (`eq`) is a bound where its name tells on which side better lies;
 * otherwise it says no direction, and a different offer is `unknown`, not a failure.
 */
export function compareIndicator(statedNeed: Indicator, statedCapability: Indicator): IndicatorComparison {
  const need = asBound(asMagnitude(asRange(statedNeed)));
  const capability = asMagnitude(asRange(statedCapability));
  const steps = isTemperature(need) && (isDifference(need) || isDifference(capability));
  const asked = intervalOf(need, steps);
  const offered = intervalOf(capability, steps);
  if (!asked || !offered) {
    const sameWord = need.unit !== null && need.unit === capability.unit;
    if (!sameWord) return { outcome: 'unknown', reason: 'unit' };
    return compareIndicator({ ...need, unit: null }, { ...capability, unit: null });
  }
  if (asked.dimension !== offered.dimension && !isCounted(asked, offered))
    return { outcome: 'unknown', reason: 'dimension' };
  return decide(asked, offered, need, capability);
}
