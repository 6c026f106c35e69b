import { toBaseUnit } from './convert-unit.js';
import type { Indicator } from './indicator.js';
import { nameSimilarity } from './name-similarity.js';

/** `overlap`: the capability's statement neither guarantees nor rules out the need. */
export type UnknownReason = 'not-stated' | 'unit' | 'dimension' | 'overlap' | 'direction';

export interface IndicatorComparison {
  outcome: 'met' | 'not_met' | 'unknown';
  /**
   * Slack of the capability's guaranteed bound relative to the asked value (0.4 = 40 % better, negative = short);
   * absolute in base units when the asked value is 0. Absent when there is no such bound.
   */
  margin?: number;
  /** Only with `unknown`. */
  reason?: UnknownReason;
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
/** Names of ranges that must be covered (working temperature), as opposed to windows to stay inside (pH). */
const COVERED_RANGE = /耐|工作|适用|使用|运行|量程|范围|范畴|环境|operating|working|range|storage/i;

function inBase(value: number, unit: string | null): { value: number; dimension: string } | null {
  return unit === null ? { value, dimension: 'number' } : toBaseUnit(value, unit);
}

function intervalOf(indicator: Indicator): Interval | null {
  const { comparator, unit } = indicator;
  const from = inBase(indicator.value, unit);
  const to = inBase(indicator.valueHigh ?? indicator.value, unit);
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

function decide(
  asked: Interval,
  offered: Interval,
  need: Indicator,
  capability: Indicator,
): IndicatorComparison {
  const bothRanges = need.comparator === 'between' && capability.comparator === 'between';
  const covering = bothRanges && COVERED_RANGE.test(need.name + need.raw);
  const [outer, inner] = covering ? [offered, asked] : [asked, offered];
  const margin = marginOf(outer, inner);
  const withMargin = (comparison: IndicatorComparison): IndicatorComparison =>
    margin === null ? comparison : { ...comparison, margin };
  if (contains(outer, inner)) return withMargin({ outcome: 'met' });
  if (covering) return withMargin({ outcome: 'not_met' });
  if (need.comparator === 'eq') return { outcome: 'unknown', reason: 'direction' };
  if (disjoint(asked, offered)) return withMargin({ outcome: 'not_met' });
  return withMargin({ outcome: 'unknown', reason: 'overlap' });
}

/**
 * Compares what is asked with what is offered, as sets of values in base units: the offer inside the asked set is
 * `met`, disjoint is `not_met`, a partial overlap is `unknown`. A working range asked and a range offered compare the
 * other way round (the offer must cover the need). A plain asked number (`eq`) says no direction: a different offer
 * is `unknown`, not a failure.
 */
export function compareIndicator(need: Indicator, capability: Indicator): IndicatorComparison {
  const asked = intervalOf(need);
  const offered = intervalOf(capability);
  if (!asked || !offered) {
    const sameWord = need.unit !== null && need.unit === capability.unit;
    if (!sameWord) return { outcome: 'unknown', reason: 'unit' };
    return compareIndicator({ ...need, unit: null }, { ...capability, unit: null });
  }
  if (asked.dimension !== offered.dimension) return { outcome: 'unknown', reason: 'dimension' };
  return decide(asked, offered, need, capability);
}

export interface IndicatorPair {
  need: Indicator;
  /** Null when the capability states nothing of that name and dimension. */
  capability: Indicator | null;
  /** Name similarity 0..1, 0 without a partner. */
  similarity: number;
  comparison: IndicatorComparison;
}

/** Names at least this similar (Dice over character bigrams) may be the same quantity: 精度 and 定位精度 have .5. */
export const NAME_THRESHOLD = 0.5;

function comparable(need: Indicator, capability: Indicator): boolean {
  const reason = compareIndicator(need, capability).reason;
  return reason !== 'unit' && reason !== 'dimension';
}

/** Pairs each need indicator with at most one of the capability's, most similar names first, ties by position. */
export function matchIndicators(
  needs: readonly Indicator[],
  capabilities: readonly Indicator[],
): IndicatorPair[] {
  const edges = needs.flatMap((need, n) =>
    capabilities.flatMap((capability, c) => {
      const similarity = nameSimilarity(need.name, capability.name);
      return similarity >= NAME_THRESHOLD && comparable(need, capability) ? [{ n, c, similarity }] : [];
    }),
  );
  edges.sort((a, b) => b.similarity - a.similarity || a.n - b.n || a.c - b.c);
  const partner = new Map<number, { c: number; similarity: number }>();
  const taken = new Set<number>();
  for (const { n, c, similarity } of edges) {
    if (partner.has(n) || taken.has(c)) continue;
    partner.set(n, { c, similarity });
    taken.add(c);
  }
  return needs.map((need, n) => {
    const found = partner.get(n);
    const capability = found ? capabilities[found.c] : undefined;
    if (!found || !capability)
      return {
        need,
        capability: null,
        similarity: 0,
        comparison: { outcome: 'unknown', reason: 'not-stated' },
      };
    return { need, capability, similarity: found.similarity, comparison: compareIndicator(need, capability) };
  });
}
