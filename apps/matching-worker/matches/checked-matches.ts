import type { Shortlist } from '#libs/domain/matching/index/shortlist.js';
import type { ReadNeed } from '#libs/domain/matching/learning/learned-ranking.js';
import { matchNeed } from '#libs/domain/matching/match-need.js';
import type {
  MatchCandidate,
  MatchCapability,
  MatchNeed,
  MatchOptions,
} from '#libs/domain/matching/match-types.js';
import { verifyMatch } from '#libs/domain/matching/verify-match.js';

/** A need's matches, or why nothing of them may be stored: a rule they break, an error that ranking it ended with. */
export type Checked = { readonly candidates: readonly MatchCandidate[] } | { readonly problem: string };

/** Ranks what is on a need's shortlist and asks the verifier. Never throws: the needs behind this one are ranked all the same. */
export function checkedMatches(
  need: MatchNeed,
  shortlist: Shortlist,
  documents: ReadonlyMap<string, MatchCapability>,
  options: MatchOptions,
  read: ReadNeed | null,
): Checked {
  try {
    const candidates = matchNeed(need, shortlist, (id) => documents.get(id), options, read);
    const capabilities = candidates.flatMap(({ capabilityId }) => documents.get(capabilityId) ?? []);
    const violations = verifyMatch(need, capabilities, candidates, options);
    return violations.length === 0 ? { candidates } : { problem: violations.join('; ') };
  } catch (error) {
    return { problem: String(error) };
  }
}
