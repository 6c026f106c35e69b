import { openAdvice } from './advise-match.js';
import type { MatchReason } from './match-types.js';

/** Which texts of a pair the reader may not see in full. */
export interface SealedSides {
  readonly need: boolean;
  readonly capability: boolean;
}

/**
 * Reasons without what would betray a sealed text: words that stand only in its body, its indicators, its ways of
 * working, what its kind states. Titles, keywords, fields, region and maturity of a redacted record are open, and stay.
 */
export function redactReasons(reasons: readonly MatchReason[], sealed: SealedSides): MatchReason[] {
  if (!sealed.need && !sealed.capability) return [...reasons];
  return reasons.flatMap((reason): MatchReason[] => {
    if (reason.kind === 'maturity' || reason.kind === 'field' || reason.kind === 'region') return [reason];
    if (reason.kind === 'duplicates' || reason.kind === 'deferred') return sealed.capability ? [] : [reason];
    if (reason.kind === 'advice') return [openAdvice(reason, sealed) ?? []].flat();
    if (reason.kind !== 'terms') return [];
    const terms = reason.terms.flatMap((term) => {
      const needPositions = term.needPositions.filter((at) => !sealed.need || at.field !== 'body');
      const capabilityPositions = term.capabilityPositions.filter(
        (at) => !sealed.capability || at.field !== 'text',
      );
      if (needPositions.length === 0 || capabilityPositions.length === 0) return [];
      const fields = term.fields.filter((field) => !sealed.capability || field !== 'text');
      return [{ ...term, fields, needPositions, capabilityPositions }];
    });
    return terms.length === 0 ? [] : [{ kind: 'terms', terms }];
  });
}
