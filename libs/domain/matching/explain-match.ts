import type { Indicator } from '#libs/domain/indicators/indicator.js';
import type { IndicatorPair } from '#libs/domain/indicators/match-indicators.js';
import { adviseMatch } from './advise-match.js';
import type { LexicalQuery } from './build-query.js';
import { crossedFields, sharedFields } from './field-distance.js';
import { explainFacts, explainWorks } from './explain-facts.js';
import type { FactorSet } from './factor-sets/factor-set.js';
import type { TermIdf } from './term-idf.js';
import type { MatchCapability, MatchNeed, MatchReason, ModeMapping, StatedBound } from './match-types.js';
import { sharedTerms, type NeedWords } from './shared-terms.js';
import { readPrice } from './price-fit.js';
import { compatibleModes, pairIndicators, sharedRegion } from './structural-factors.js';
import { uncoveredTerms } from './uncovered-terms.js';

function boundOf({ comparator, value, valueHigh, unit }: Indicator): StatedBound {
  return { comparator, value, valueHigh, unit };
}

function indicatorReason({ need, capability, comparison }: IndicatorPair): MatchReason {
  return {
    kind: 'indicator',
    name: need.name,
    needText: need.raw,
    capabilityText: capability?.raw ?? null,
    capabilityName: capability === null || capability.name === need.name ? null : capability.name,
    outcome: comparison.outcome,
    unclear: comparison.reason ?? null,
    supposed: comparison.supposed ?? null,
    need: boundOf(need),
    capability: capability ? boundOf(capability) : null,
    margin: comparison.margin ?? null,
  };
}

function structuralReasons(
  need: MatchNeed,
  capability: MatchCapability,
  mapping: ModeMapping,
): MatchReason[] {
  const reasons: MatchReason[] = pairIndicators(need, capability).map(indicatorReason);
  const { targetTrl: want, trlScheme: scheme } = need;
  const { trl: have } = capability;
  if (want !== null && have !== null && scheme !== null && scheme === capability.trlScheme)
    reasons.push({ kind: 'maturity', scheme, have, want, met: have >= want });
  const price = readPrice(need, capability);
  if (price !== null) reasons.push({ kind: 'price', fit: price.fit });
  const codes = sharedFields(need, capability);
  if (codes.length > 0) reasons.push({ kind: 'field', codes });
  for (const crossed of crossedFields(need, capability)) reasons.push({ kind: 'crosswalk', ...crossed });
  const modes = compatibleModes(need, capability, mapping);
  if (modes !== null) reasons.push({ kind: 'mode', codes: modes, compatible: modes.length > 0 });
  const region = sharedRegion(need, capability);
  if (region) reasons.push({ kind: 'region', ...region });
  return reasons;
}

interface ExplainContext {
  query: LexicalQuery;
  index: TermIdf;
  words: NeedWords;
  modeMapping: ModeMapping;
  now: Date;
}

/** Why a pair was proposed and what is missing, as data: the reasons that the factor set shows, in its order. */
export function explainMatch(
  need: MatchNeed,
  capability: MatchCapability,
  set: FactorSet,
  context: ExplainContext,
): MatchReason[] {
  const { query, index, words, modeMapping, now } = context;
  const terms = sharedTerms(words, capability, query, index);
  const uncovered = uncoveredTerms(need, capability, query, index);
  const reasons: MatchReason[] = [
    ...(terms.length > 0 ? [{ kind: 'terms' as const, terms }] : []),
    ...structuralReasons(need, capability, modeMapping),
    ...explainFacts(set, need, capability, now),
    ...(set.shown.includes('works') ? explainWorks(capability, query, index) : []),
    ...(uncovered.length > 0 ? [{ kind: 'uncovered' as const, terms: uncovered }] : []),
    ...adviseMatch(need, capability, pairIndicators(need, capability), modeMapping),
  ];
  return set.shown.flatMap((kind) => reasons.filter((reason) => reason.kind === kind));
}
