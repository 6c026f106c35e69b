import type { MatchCandidate, MatchCapability, MatchNeed, MatchOptions } from './match-types.js';
import { verifyKinds } from './verify-kinds.js';
import { verifySpread } from './verify-spread.js';
import { verifyFolding, verifyPairRules } from './verify-rules.js';

const TOLERANCE = 1e-9;

function checkCandidate(candidate: MatchCandidate): string[] {
  const problems: string[] = [];
  const { capabilityId: id, score, factors } = candidate;
  if (!(score >= 0 && score <= 1)) problems.push(`${id}: score ${score} is outside 0..1`);
  const sum = factors.reduce((total, factor) => total + factor.contribution, 0);
  if (!(Math.abs(sum - score) <= TOLERANCE))
    problems.push(`${id}: contributions sum to ${sum}, not ${score}`);
  for (const { code, value } of factors)
    if (!(value >= 0 && value <= 1)) problems.push(`${id}: value of ${code} is outside 0..1`);
  if (new Set(factors.map(({ code }) => code)).size !== factors.length)
    problems.push(`${id}: a factor is listed twice`);
  for (const reason of candidate.reasons) {
    if (reason.kind !== 'terms') continue;
    if (reason.terms.length > 6) problems.push(`${id}: more than six terms`);
    for (const { term } of reason.terms)
      if ([...term].length < 2) problems.push(`${id}: term of one character`);
  }
  return problems;
}

/** Checks a ranking without the code that made it. Returns one sentence per violation, none when it is sound. */
export function verifyMatch(
  need: MatchNeed,
  capabilities: readonly MatchCapability[],
  candidates: readonly MatchCandidate[],
  options: Pick<MatchOptions, 'now' | 'limit' | 'minScore' | 'rules'>,
): string[] {
  const byId = new Map(capabilities.map((capability) => [capability.id, capability]));
  const problems: string[] = [];
  const perKind = new Map<string, number>();
  for (const { offerKind } of candidates) perKind.set(offerKind, (perKind.get(offerKind) ?? 0) + 1);
  for (const [kind, count] of perKind)
    if (count > (options.limit ?? 50)) problems.push(`more candidates of kind ${kind} than the limit`);
  problems.push(...verifyFolding(candidates, byId, options.rules));
  const seen = new Set<string>();
  const kinds = new Set<string>();
  for (const [place, candidate] of candidates.entries()) {
    const id = candidate.capabilityId;
    const capability = byId.get(id);
    if (!capability) problems.push(`${id}: not among the capabilities`);
    else {
      problems.push(...verifyPairRules(need, capability, options.now, options.rules));
      problems.push(...verifyKinds(need, capability, candidate, options.now));
    }
    if (seen.has(id)) problems.push(`${id}: listed twice`);
    seen.add(id);
    if (candidate.score < (options.minScore ?? 0)) problems.push(`${id}: below the least score`);
    problems.push(...checkCandidate(candidate));
    const before = candidates[place - 1];
    if (before && before.offerKind !== candidate.offerKind && kinds.has(candidate.offerKind))
      problems.push(`${id}: its kind is listed in two places`);
    kinds.add(candidate.offerKind);
  }
  for (const kind of kinds)
    problems.push(
      ...verifySpread(
        candidates
          .filter(({ offerKind }) => offerKind === kind)
          .flatMap(({ capabilityId, score }) => {
            const capability = byId.get(capabilityId);
            return capability === undefined ? [] : [{ capability, score }];
          }),
      ),
    );
  return problems;
}
