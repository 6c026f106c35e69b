import { shanghaiDay } from '#libs/domain/time/shanghai-time.js';
import { factorSetOf } from './factor-sets/read-factor-sets.js';
import type { KindExclusionCode, MatchCapability, MatchNeed } from './match-types.js';
import { amountRanges, availableDays, commonCodes } from './offer-facts.js';

type Check = (need: MatchNeed, capability: MatchCapability, now: Date) => boolean;

/** True: the pair is excluded. What either side leaves open excludes nothing. */
const CHECKS: Readonly<Record<Exclude<KindExclusionCode, 'other-kind'>, Check>> = {
  'no-common-grade': (need, capability) =>
    commonCodes(need.facts?.grades, capability.facts?.grades)?.length === 0,
  'no-common-venue': (need, capability) =>
    commonCodes(need.facts?.venues, capability.facts?.venues)?.length === 0,
  'not-available': (need, capability, now) => {
    const days = availableDays(need, capability, shanghaiDay(now));
    return days !== null && days.share === 0;
  },
  'amount-out-of-range': (need, capability) => {
    const ranges = amountRanges(need, capability);
    return ranges !== null && ranges.share === 0;
  },
};

/** The first reason of the pair's factor set for which it is never proposed; null when there is none. */
export function kindExclusion(
  need: MatchNeed,
  capability: MatchCapability,
  now: Date,
): KindExclusionCode | null {
  const set = factorSetOf(need.requestKind ?? 'technology', capability.offerKind ?? 'achievement');
  if (set === null) return 'other-kind';
  return set.exclusions.find((code) => code !== 'other-kind' && CHECKS[code](need, capability, now)) ?? null;
}
