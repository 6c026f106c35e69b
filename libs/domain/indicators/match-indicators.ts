import { compareIndicator, type IndicatorComparison } from './compare-indicator.js';
import type { Indicator } from './indicator.js';
import { isCoveredRange, withReduction } from './quantity-traits.js';
import { relateNames, type RelatedNames } from './relate-names.js';

export interface IndicatorPair {
  need: Indicator;
  /** Null when the capability states nothing of that name. */
  capability: Indicator | null;
  /** Name similarity 0..1, 0 without a partner. */
  similarity: number;
  comparison: IndicatorComparison;
}

const isLower = ({ comparator }: Indicator) => comparator === 'ge' || comparator === 'gt';
const isUpper = ({ comparator }: Indicator) => comparator === 'le' || comparator === 'lt';
const sameName = (a: Indicator, b: Indicator) => {
  const { relation, extreme } = relateNames(a.name, b.name);
  return relation === 'same' && extreme === null;
};

/** The bound on the other side of the same quantity, when both together are a range. */
function otherBound(indicator: Indicator, among: readonly Indicator[]): Indicator | null {
  const fits = isLower(indicator)
    ? (other: Indicator) => isUpper(other) && other.value > indicator.value
    : isUpper(indicator)
      ? (other: Indicator) => isLower(other) && other.value < indicator.value
      : () => false;
  return (
    among.find((other) => fits(other) && other.unit === indicator.unit && sameName(other, indicator)) ?? null
  );
}

/** By the list itself: a record's indicators are compared with those of many others. */
const joinedLists = new WeakMap<readonly Indicator[], readonly Indicator[]>();

function withRanges(indicators: readonly Indicator[]): readonly Indicator[] {
  const known = joinedLists.get(indicators);
  if (known) return known;
  const joined = joinBounds(indicators);
  joinedLists.set(indicators, joined);
  return joined;
}

/** Two bounds on one quantity as the range they are together. */
function joinBounds(indicators: readonly Indicator[]): Indicator[] {
  const joined = new Set<Indicator>();
  return indicators.flatMap((indicator) => {
    if (joined.has(indicator)) return [];
    const other = isCoveredRange(indicator) ? otherBound(indicator, indicators) : null;
    if (other === null || joined.has(other)) return [indicator];
    joined.add(other);
    const [low, high] = isLower(indicator) ? [indicator, other] : [other, indicator];
    const raw = `${indicator.raw}, ${other.raw}`;
    return [{ ...indicator, comparator: 'between' as const, value: low.value, valueHigh: high.value, raw }];
  });
}

/** One of two bounds on a range that must be covered: what is offered has to reach it. */
function compareBound(
  need: Indicator,
  capability: Indicator,
  needs: readonly Indicator[],
): IndicatorComparison {
  if (capability.comparator !== 'between' || !isCoveredRange(need) || otherBound(need, needs) === null)
    return compareIndicator(need, capability);
  return compareIndicator({ ...need, comparator: 'between', valueHigh: need.value }, capability);
}

/** What a comparison is worth when the names are not quite the same. */
function withNames(
  comparison: IndicatorComparison,
  need: Indicator,
  names: RelatedNames,
): IndicatorComparison {
  if (comparison.outcome === 'unknown') return comparison;
  const unsure: IndicatorComparison = { outcome: 'unknown', reason: 'name', supposed: comparison.outcome };
  if (names.relation === 'qualified') return unsure;
  // A largest value within the bound holds it; beyond it, or where only the asked one is the largest, it says nothing.
  const open = names.extreme === 'first' || (names.extreme === 'second' && comparison.outcome === 'not_met');
  return isUpper(need) && open ? unsure : comparison;
}

interface Edge {
  n: number;
  c: number;
  names: RelatedNames;
  comparison: IndicatorComparison;
  /** 0 the same quantity, 1 perhaps the same, 2 the same in a unit that does not compare. */
  tier: number;
}

function edgeOf(needs: readonly Indicator[], n: number, stated: Indicator, c: number): Edge | null {
  const capability = withReduction(stated);
  const need = withReduction(needs[n]!);
  const names = relateNames(need.name, capability.name);
  if (names.relation === 'different') return null;
  const comparison = compareBound(need, capability, needs);
  const comparable = comparison.reason !== 'unit' && comparison.reason !== 'dimension';
  if (!comparable && names.relation === 'qualified') return null;
  const tier = comparable ? Number(names.relation === 'qualified') : 2;
  return { n, c, names, comparison: withNames(comparison, need, names), tier };
}

/**
 * Pairs each need indicator with at most one of the capability's, surest names first, ties by position. What the capability
 * states once answers one indicator of the need, or its bounds on the same quantity.
 */
export function matchIndicators(
  needs: readonly Indicator[],
  capabilities: readonly Indicator[],
): IndicatorPair[] {
  const offered = withRanges(capabilities);
  const edges = needs.flatMap((_, n) =>
    offered.flatMap((capability, c) => edgeOf(needs, n, capability, c) ?? []),
  );
  const decided = ({ comparison }: Edge) => Number(comparison.outcome === 'unknown');
  edges.sort(
    (a, b) =>
      a.tier - b.tier ||
      b.names.similarity - a.names.similarity ||
      a.n - b.n ||
      decided(a) - decided(b) ||
      a.c - b.c,
  );
  const partner = new Map<number, Edge>();
  const taken = new Map<number, number>();
  for (const edge of edges) {
    const by = taken.get(edge.c);
    const free = by === undefined || sameName(needs[by]!, needs[edge.n]!);
    if (partner.has(edge.n) || !free) continue;
    partner.set(edge.n, edge);
    taken.set(edge.c, edge.n);
  }
  return needs.map((need, n) => {
    const found = partner.get(n);
    if (!found)
      return {
        need,
        capability: null,
        similarity: 0,
        comparison: { outcome: 'unknown', reason: 'not-stated' },
      };
    const { comparison, names, c } = found;
    return { need, capability: offered[c]!, similarity: names.similarity, comparison };
  });
}
