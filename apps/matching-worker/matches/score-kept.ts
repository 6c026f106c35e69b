import type { CapabilityIndex } from '#libs/domain/matching/index/capability-index.js';
import { shortlistOf } from '#libs/domain/matching/index/shortlist.js';
import type { ReadNeed } from '#libs/domain/matching/learning/learned-ranking.js';
import { matchNeed } from '#libs/domain/matching/match-need.js';
import type {
  MatchCandidate,
  MatchCapability,
  MatchNeed,
  MatchOptions,
} from '#libs/domain/matching/match-types.js';
import { queryOf } from './need-query.js';

/** What a run says of a pair that stays though it is not among the candidates; null when the two share nothing. */
export interface KeptScore {
  readonly capabilityId: string;
  readonly capabilityVersion: number;
  readonly candidate: MatchCandidate | null;
}

/** Scores capabilities with a need one by one, whatever else the need is offered. */
export function scoreKept(
  need: MatchNeed,
  capabilities: Iterable<MatchCapability>,
  index: CapabilityIndex,
  options: MatchOptions,
  read: ReadNeed | null,
): KeptScore[] {
  const query = read?.reading.query ?? queryOf(need);
  const weighed = index.weigh(query);
  const alone = { ...options, limit: 1, minScore: 0, anyScore: true };
  return Array.from(capabilities, (capability) => {
    const only = shortlistOf(capability.id, index.scorerOf(capability)(weighed), index);
    const [candidate = null] = matchNeed(need, only, () => capability, alone, read);
    return { capabilityId: capability.id, capabilityVersion: capability.version, candidate };
  });
}
