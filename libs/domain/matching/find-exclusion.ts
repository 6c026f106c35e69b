import type { Exclusion } from './exclusion.js';
import type { MatchCapability, MatchNeed } from './match-types.js';
import { NO_RULES, type OrganisationBlock, type PairRules } from './pair-rules.js';

export type RuledNeed = Pick<MatchNeed, 'organisationId' | 'expiresAt'>;
export type RuledCapability = Pick<MatchCapability, 'id' | 'organisationId' | 'published' | 'expiresAt'>;

/** Why the need is matched with nothing at all; null when it takes part. */
export function needExclusion(need: RuledNeed, now: Date, rules: PairRules = NO_RULES): Exclusion | null {
  if (need.expiresAt !== null && need.expiresAt <= now)
    return { code: 'need-expired', at: need.expiresAt.toISOString() };
  if (rules.needPaused) return { code: 'need-paused' };
  return rules.needClosed ? { code: 'need-closed' } : null;
}

const blockExclusion = ({ kind, statedBy }: OrganisationBlock): Exclusion =>
  kind === 'dispute'
    ? { code: 'dispute' }
    : { code: kind === 'competitor' ? 'competitor' : 'blocked', statedBy };

/** Why nothing of an organisation is matched with the need. Depends on the organisation only, so it may be remembered. */
export function organisationExclusion(
  need: RuledNeed,
  organisationId: string | null,
  rules: PairRules = NO_RULES,
): Exclusion | null {
  if (organisationId === null) return rules.needDirectedTo === null ? null : { code: 'need-directed' };
  if (organisationId === need.organisationId) return { code: 'same-organisation' };
  if (rules.groupOrganisations.has(organisationId)) return { code: 'same-group' };
  const block = rules.blocks.get(organisationId);
  if (block !== undefined) return blockExclusion(block);
  const directedTo = rules.needDirectedTo;
  return directedTo !== null && !directedTo.has(organisationId) ? { code: 'need-directed' } : null;
}

/** Why a capability is not matched with the need, whoever owns it. */
export function capabilityExclusion(
  capability: RuledCapability,
  now: Date,
  rules: PairRules = NO_RULES,
): Exclusion | null {
  const { shared } = rules;
  const { id } = capability;
  if (capability.published === false) return { code: 'not-published' };
  if (shared.closedCapabilities.has(id)) return { code: 'capability-closed' };
  if (shared.pausedCapabilities.has(id)) return { code: 'capability-paused' };
  const expiry = capability.expiresAt ?? null;
  if (expiry !== null && expiry <= now) return { code: 'capability-expired', at: expiry.toISOString() };
  if (shared.directedCapabilities.has(id) && !rules.grantedCapabilities.has(id))
    return { code: 'capability-directed' };
  if (rules.engagedCapabilities.has(id)) return null;
  const own = shared.fullCapabilities.get(id);
  if (own !== undefined) return { code: 'quota', of: 'capability', ...own };
  const { organisationId } = capability;
  const owner = organisationId === null ? undefined : shared.fullOrganisations.get(organisationId);
  return owner === undefined ? null : { code: 'quota', of: 'organisation', ...owner };
}

/**
 * The first reason for which a pair must never be proposed, whatever its score; null when there is none.
 * Order: the need alone, the two organisations, the capability, its limit.
 */
export function findExclusion(
  need: RuledNeed,
  capability: RuledCapability,
  now: Date,
  rules: PairRules = NO_RULES,
): Exclusion | null {
  return (
    needExclusion(need, now, rules) ??
    organisationExclusion(need, capability.organisationId, rules) ??
    capabilityExclusion(capability, now, rules)
  );
}
