import { openAdvice } from './advise-match.js';
import type { MatchFactor, MatchReason } from './match-types.js';

/** What of a pair the reader may not see. */
export interface SealedSides {
  /** The need's text in full. */
  readonly need: boolean;
  readonly capability: boolean;
  /** The budget of the one or the price of the other: of the two together either tells of the other. */
  readonly money: boolean;
}

/**
 * Reasons without what would betray something sealed: of money all that compares it; of a sealed text words that stand
 * only in its body, its indicators, its ways of working, what its kind states. Titles, keywords, fields, region and
 * maturity of a redacted record are open, and stay.
 */
export function redactReasons(reasons: readonly MatchReason[], sealed: SealedSides): MatchReason[] {
  const textsSealed = sealed.need || sealed.capability;
  return reasons.flatMap((reason): MatchReason[] => {
    if (reason.kind === 'price') return sealed.money ? [] : [reason];
    if (reason.kind === 'advice') return [openAdvice(reason, sealed) ?? []].flat();
    return textsSealed ? withoutTexts(reason, sealed) : [reason];
  });
}

function withoutTexts(reason: MatchReason, sealed: SealedSides): MatchReason[] {
  if (reason.kind === 'maturity' || reason.kind === 'field' || reason.kind === 'region') return [reason];
  if (reason.kind === 'duplicates' || reason.kind === 'deferred') return sealed.capability ? [] : [reason];
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
}

/**
 * The parts of a score for the same reader. What money adds or takes away goes into the words' part: left out, the rest
 * would not sum to the score and the difference would tell it.
 */
export function redactFactors(
  factors: readonly MatchFactor[],
  sealed: Pick<SealedSides, 'money'>,
): Pick<MatchFactor, 'code' | 'contribution'>[] {
  const open = factors.map(({ code, contribution }) => ({ code, contribution }));
  const price = open.find(({ code }) => code === 'price');
  if (!sealed.money || price === undefined) return open;
  const rest = open.filter(({ code }) => code !== 'price');
  const bearer = rest.find(({ code }) => code === 'lexical') ?? rest[0];
  return rest.map((factor) =>
    factor === bearer ? { ...factor, contribution: factor.contribution + price.contribution } : factor,
  );
}
