import type { MatchCapability, MatchNeed } from './match-types.js';
import { moneyStep } from './price-fit.js';

type Codes = readonly string[] | undefined;

/** Codes of both lists, in the order of the first; null when either side states none. */
export function commonCodes(asked: Codes, offered: Codes): string[] | null {
  if (asked === undefined || offered === undefined || asked.length === 0 || offered.length === 0) return null;
  return asked.filter((code) => offered.includes(code));
}

/**
 * Part of the asked range that the offered one covers, by steps of the amounts: nothing when they do not meet. What is asked
 * is sealed and the score is not, so that it tells no more of it than its steps.
 */
function coveredShare(asked: readonly [number, number], offered: readonly [number, number]): number {
  const from = Math.max(asked[0], offered[0]);
  const to = Math.min(asked[1], offered[1]);
  if (from > to) return 0;
  const steps = (low: number, high: number) => moneyStep(high) - moneyStep(low) + 1;
  return steps(from, to) / steps(asked[0], asked[1]);
}

export interface Overlap {
  /** Part of what is asked for that the offer covers, 0..1. */
  readonly share: number;
  /** What the offer states. */
  readonly stated: string;
}

const bound = (value: number | null | undefined, open: number) => value ?? open;

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

/** The amount looked for (万元) in the range a product lends; null when either side states none. */
export function amountRanges(need: MatchNeed, capability: MatchCapability): Overlap | null {
  const { amountMinWan: low, amountMaxWan: high } = capability.facts ?? {};
  const stated = statedRange(low, high);
  const [from, to] = [need.budgetMin ?? need.budgetMax ?? null, need.budgetMax ?? need.budgetMin ?? null];
  if (stated === null || from === null || to === null) return null;
  return { share: coveredShare([from, to], [bound(low, 0), bound(high, Infinity)]), stated };
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
