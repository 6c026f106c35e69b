import type { MatchCapability, MatchNeed } from './match-types.js';
import { moneyStep } from './price-fit.js';

type Codes = readonly string[] | undefined;

/** Codes of both lists, in the order of the first; null when either side states none. */
export function commonCodes(asked: Codes, offered: Codes): string[] | null {
  if (asked === undefined || offered === undefined || asked.length === 0 || offered.length === 0) return null;
  return asked.filter((code) => offered.includes(code));
}

/** Steps of both ends of a range of amounts. */
type Steps = readonly [from: number, to: number];

/** Part of the asked steps that the offered ones cover: nothing when they do not meet. */
function coveredShare(asked: Steps, offered: Steps): number {
  const common = Math.min(asked[1], offered[1]) - Math.max(asked[0], offered[0]) + 1;
  return Math.max(0, common) / (asked[1] - asked[0] + 1);
}

export interface Overlap {
  /** Part of what is asked for that the offer covers, 0..1. */
  readonly share: number;
  /** What the offer states. */
  readonly stated: string;
}

/** The offer's two ends as people write them; null when it states neither. */
export function statedRange(
  low: string | number | null | undefined,
  high: string | number | null | undefined,
): string | null {
  if (low !== null && low !== undefined && high !== null && high !== undefined)
    return low === high ? String(low) : `${low}–${high}`;
  if (low !== null && low !== undefined) return `≥ ${low}`;
  return high === null || high === undefined ? null : `≤ ${high}`;
}

export interface AmountOverlap extends Overlap {
  /** The amounts themselves meet; false where only their steps do. For who may read both. */
  readonly meets: boolean;
}

/**
 * The amount looked for (万元) in the range a product lends; null when either side states none. The share is one of steps,
 * since what is asked is sealed and neither scores nor exclusions are: no range tried out tells of it more than its steps.
 */
export function amountRanges(need: MatchNeed, capability: MatchCapability): AmountOverlap | null {
  const { amountMinWan, amountMaxWan } = capability.facts ?? {};
  const stated = statedRange(amountMinWan, amountMaxWan);
  const [from, to] = [need.budgetMin ?? need.budgetMax ?? null, need.budgetMax ?? need.budgetMin ?? null];
  if (stated === null || from === null || to === null) return null;
  const [low, high] = [amountMinWan ?? 0, amountMaxWan ?? Infinity];
  const share = coveredShare([moneyStep(from), moneyStep(to)], [moneyStep(low), moneyStep(high)]);
  return { share, stated, meets: low <= to && from <= high };
}

const DAY_MS = 86_400_000;
const dayNumber = (day: string) => Math.floor(Date.parse(`${day}T00:00:00Z`) / DAY_MS);

/**
 * The days asked for, from today on, within those on which the offer can be had; null when the offer states none.
 * Without a period of its own a need asks for any day from today on: some day left is enough.
 */
export function availableDays(need: MatchNeed, capability: MatchCapability, today: string): Overlap | null {
  const { availableFrom = null, availableTo = null } = capability.facts ?? {};
  const stated = statedRange(availableFrom, availableTo);
  if (stated === null) return null;
  const now = dayNumber(today);
  const start = Math.max(now, dayNumber(need.periodStart ?? today));
  const first = Math.max(start, availableFrom === null ? -Infinity : dayNumber(availableFrom));
  const last = availableTo === null ? Infinity : dayNumber(availableTo);
  const { periodEnd = null } = need;
  if (periodEnd === null) return { share: first <= last ? 1 : 0, stated };
  const end = dayNumber(periodEnd);
  // A period that is over asks for nothing any more: nobody can say that the offer is late.
  if (end < start) return null;
  return { share: Math.max(0, Math.min(end, last) - first + 1) / (end - start + 1), stated };
}
