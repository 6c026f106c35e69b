import { openAdvice } from './advise-match.js';
import type { FactorCode, MatchFactor, MatchReason } from './match-types.js';

/** What of a pair the reader may not see. */
export interface SealedSides {
  /** The need's text in full. */
  readonly need: boolean;
  readonly capability: boolean;
  /** The budget of the one or the price of the other: of the two together either tells of the other. */
  readonly money: boolean;
  /** The amount that a financing need looks for: its budget alone, for what a product lends is open. */
  readonly amount: boolean;
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
    if (reason.kind === 'fact' && reason.factor === 'amount' && sealed.amount) return [];
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

/** Parts of a score that compare what is open of a redacted record, or its words as a whole. */
const OPEN_PARTS: ReadonlySet<FactorCode> = new Set([
  'base',
  'lexical',
  'semantic',
  'vectors',
  'feedback',
  'works',
  'keywords',
  'title',
  'field',
  'region',
  'maturity',
  'recency',
  'load',
]);

/**
 * The parts of a score for the same reader. What a sealed figure or statement adds or takes away goes into the words'
 * part: left out, the rest would not sum to the score and the difference would tell it; left in, a few edits of one's own
 * record would find out the other's figures.
 */
export function redactFactors(
  factors: readonly MatchFactor[],
  sealed: SealedSides,
): Pick<MatchFactor, 'code' | 'contribution'>[] {
  const textsSealed = sealed.need || sealed.capability;
  const isOpen = (code: FactorCode) => {
    if (code === 'price') return !sealed.money;
    if (code === 'amount' && sealed.amount) return false;
    return !textsSealed || OPEN_PARTS.has(code);
  };
  const open = factors
    .filter(({ code }) => isOpen(code))
    .map(({ code, contribution }) => ({ code, contribution }));
  const hidden = factors.filter(({ code }) => !isOpen(code));
  const bearer = open.find(({ code }) => code === 'lexical') ?? open[0];
  if (bearer !== undefined) for (const { contribution } of hidden) bearer.contribution += contribution;
  return open;
}
