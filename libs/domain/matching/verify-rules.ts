import type { MatchCandidate, MatchCapability, MatchNeed } from './match-types.js';
import { NO_RULES, type PairRules } from './pair-rules.js';

const holds = (date: Date | null | undefined, now: Date) => !(date instanceof Date) || date > now;

/** Every statement that must be true of a proposed pair, said the other way round from the code that excludes. */
function statements(
  need: MatchNeed,
  capability: MatchCapability,
  now: Date,
  { shared, ...rules }: PairRules,
): [boolean, string][] {
  const { id, organisationId: owner } = capability;
  const others = owner === null ? [] : [owner];
  const engaged = rules.engagedCapabilities.has(id);
  const directed = shared.directedCapabilities.has(id);
  return [
    [holds(need.expiresAt, now), 'the need has expired'],
    [!rules.needPaused && !rules.needClosed, 'the need takes no part in matching'],
    [others.every((other) => other !== need.organisationId), "of the need's own organisation"],
    [others.every((other) => !rules.groupOrganisations.has(other)), "of the need's group"],
    [others.every((other) => !rules.blocks.has(other)), 'the organisations are kept apart'],
    [rules.needDirectedTo === null || others.some((other) => rules.needDirectedTo?.has(other)), 'not named'],
    [capability.published !== false && !shared.closedCapabilities.has(id), 'not published'],
    [!shared.pausedCapabilities.has(id), 'paused'],
    [holds(capability.expiresAt, now), 'expired'],
    [!directed || rules.grantedCapabilities.has(id), 'not opened to the need'],
    [engaged || !shared.fullCapabilities.has(id), 'has no free place'],
    [engaged || others.every((other) => !shared.fullOrganisations.has(other)), 'its organisation is full'],
  ];
}

/** One sentence per rule that a proposed pair breaks. */
export function verifyPairRules(
  need: MatchNeed,
  capability: MatchCapability,
  now: Date,
  rules: PairRules = NO_RULES,
): string[] {
  return statements(need, capability, now, rules).flatMap(([fine, sentence]) =>
    fine ? [] : [`${capability.id}: ${sentence}`],
  );
}

/** One sentence per capability that is listed beside its twin of the same organisation, or named where it must not be. */
export function verifyFolding(
  candidates: readonly MatchCandidate[],
  byId: ReadonlyMap<string, MatchCapability>,
  rules: PairRules = NO_RULES,
): string[] {
  const clusters = rules.shared.capabilityClusters;
  const keyOf = (id: string) => {
    const cluster = clusters.get(id);
    const owner = byId.get(id)?.organisationId ?? null;
    return cluster === undefined || owner === null ? id : JSON.stringify([owner, cluster]);
  };
  const problems: string[] = [];
  const listed = new Set(candidates.map(({ capabilityId }) => capabilityId));
  if (new Set([...listed].map(keyOf)).size < listed.size)
    problems.push('twins of one organisation are listed');
  for (const { capabilityId, reasons } of candidates)
    for (const reason of reasons)
      if (reason.kind === 'duplicates' && reason.capabilityIds.some((id) => listed.has(id)))
        problems.push(`${capabilityId}: names a listed capability as folded`);
  return problems;
}
