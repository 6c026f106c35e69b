import type { ExclusionCode, MatchCapability, MatchNeed } from './match-types.js';

/** The first reason for which a pair must never be proposed, whatever its score; null when there is none. */
export function findExclusion(need: MatchNeed, capability: MatchCapability, now: Date): ExclusionCode | null {
  if (need.expiresAt !== null && need.expiresAt <= now) return 'need-expired';
  if (need.organisationId !== null && need.organisationId === capability.organisationId)
    return 'same-organisation';
  if (capability.published === false) return 'not-published';
  const expiry = capability.expiresAt ?? null;
  return expiry !== null && expiry <= now ? 'capability-expired' : null;
}
