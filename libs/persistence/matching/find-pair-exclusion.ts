import type { EntityManager } from 'typeorm';
import type { Exclusion } from '#libs/domain/matching/exclusion.js';
import { findExclusion } from '#libs/domain/matching/find-exclusion.js';
import { kindExclusion } from '#libs/domain/matching/kind-exclusion.js';
import type { KindExclusionCode } from '#libs/domain/matching/match-types.js';
import { loadPairRules } from './load-pair-rules.js';
import { loadSharedRules } from './load-shared-rules.js';
import { loadMatchCapabilities, loadMatchNeeds } from './load-match-records.js';

/**
 * Why a pair is never proposed: a hard rule, what the kinds of the two records state, or `need-not-published` when the
 * need takes no part in matching at all.
 */
export type PairExclusion = Exclusion | { readonly code: 'need-not-published' | KindExclusionCode };

/** The first rule that forbids a pair as the rows are now; null when none does. */
export async function findPairExclusion(
  manager: EntityManager,
  needId: string,
  capabilityId: string,
  now: Date,
): Promise<PairExclusion | null> {
  const [need] = await loadMatchNeeds(manager, [needId]);
  if (need === undefined) return { code: 'need-not-published' };
  const [capability] = await loadMatchCapabilities(manager, [capabilityId]);
  if (capability === undefined) return { code: 'not-published' };
  const rules = await loadPairRules(manager, [needId], await loadSharedRules(manager));
  const exclusion = findExclusion(need, capability, now, rules.get(needId));
  if (exclusion !== null) return exclusion;
  const code = kindExclusion(need, capability, now);
  return code === null ? null : { code };
}
