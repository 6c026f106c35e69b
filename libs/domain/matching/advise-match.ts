import type { IndicatorPair } from '#libs/domain/indicators/match-indicators.js';
import type { MatchCapability, MatchNeed, ModeMapping } from './match-types.js';
import { statesBudget, statesPrice } from './price-fit.js';
import type { SealedSides } from './redact-reasons.js';

/** What a side could state; `names` are the indicators the other side asks for, none when it states some itself. */
export type AdviceGap =
  | { readonly code: 'indicators'; readonly names: readonly string[] }
  /** Stated by both sides, but nothing follows from what is stated. */
  | { readonly code: 'unclear'; readonly names: readonly string[] }
  | { readonly code: 'maturity' | 'maturity-scheme' | 'mode' | 'price' | 'field' | 'keywords' | 'text' };

export interface MatchAdvice {
  readonly kind: 'advice';
  /** Who could add it. */
  readonly side: 'need' | 'capability';
  readonly gaps: readonly AdviceGap[];
}

const MOST_NAMES = 6;

/** Indicators that are not stated, then those that are stated and have to be made clear. */
function indicatorGaps(pairs: readonly IndicatorPair[]): AdviceGap[] {
  const open = pairs.filter((pair) => pair.comparison.outcome === 'unknown');
  const gap = (code: 'indicators' | 'unclear', stated: boolean): AdviceGap[] => {
    const found = open.filter(({ capability }) => (capability !== null) === stated);
    const names = [...new Set(found.map(({ need }) => need.name))].slice(0, MOST_NAMES);
    return names.length === 0 ? [] : [{ code, names }];
  };
  return [...gap('indicators', false), ...gap('unclear', true)];
}

type Stated = Pick<MatchNeed, 'trlScheme' | 'keywords' | 'fields'> & {
  readonly level: number | null;
  readonly modes: readonly string[];
  readonly text: string;
  /** `open` to talks is an answer, though one that compares with nothing. */
  readonly money: 'stated' | 'open' | 'unknown';
};

const moneyOf = (stated: boolean, negotiable = false): Stated['money'] =>
  negotiable ? 'open' : stated ? 'stated' : 'unknown';

/** What `mine` leaves open although `theirs` states it; a text is missed whatever the other side says. */
function openGaps(mine: Stated, theirs: Stated): AdviceGap[] {
  const gaps: AdviceGap[] = [];
  if (theirs.level !== null && theirs.trlScheme !== null && (mine.level === null || mine.trlScheme === null))
    gaps.push({ code: 'maturity' });
  if (theirs.modes.length > 0 && mine.modes.length === 0) gaps.push({ code: 'mode' });
  if (theirs.money === 'stated' && mine.money === 'unknown') gaps.push({ code: 'price' });
  if (theirs.fields.length > 0 && mine.fields.length === 0) gaps.push({ code: 'field' });
  if (theirs.keywords.length > 0 && mine.keywords.length === 0) gaps.push({ code: 'keywords' });
  if (mine.text.trim() === '') gaps.push({ code: 'text' });
  return gaps;
}

/**
 * What would make a match surer: what one side leaves open although the other side states it. Follows from the two
 * records alone, in a fixed order; the capability first, at most one entry per side.
 */
export function adviseMatch(
  need: MatchNeed,
  capability: MatchCapability,
  pairs: readonly IndicatorPair[],
  mapping: ModeMapping,
): MatchAdvice[] {
  const asked: Stated = {
    ...need,
    level: need.targetTrl,
    // Ways of working that no way of transfer answers say nothing about a capability.
    modes: need.solveModes.filter((mode) => Object.hasOwn(mapping, mode)),
    text: need.body,
    money: moneyOf(statesBudget(need), need.budgetNegotiable),
  };
  const offered: Stated = {
    ...capability,
    level: capability.trl,
    modes: capability.transferModes,
    money: moneyOf(statesPrice(capability), capability.priceNegotiable),
  };
  const otherScheme =
    asked.level !== null &&
    offered.level !== null &&
    asked.trlScheme !== null &&
    offered.trlScheme !== null &&
    asked.trlScheme !== offered.trlScheme;
  // Told to the side that offers only: one of the two is enough.
  const forCapability: AdviceGap[] = [
    ...indicatorGaps(pairs),
    ...(otherScheme ? [{ code: 'maturity-scheme' as const }] : []),
    ...openGaps(offered, asked),
  ];
  const forNeed: AdviceGap[] = [
    ...(need.indicators.length === 0 && capability.indicators.length > 0
      ? [{ code: 'indicators' as const, names: [] }]
      : []),
    ...openGaps(asked, offered),
  ];
  return [
    ...(forCapability.length > 0
      ? [{ kind: 'advice' as const, side: 'capability' as const, gaps: forCapability }]
      : []),
    ...(forNeed.length > 0 ? [{ kind: 'advice' as const, side: 'need' as const, gaps: forNeed }] : []),
  ];
}

/** Gaps that a reader may know of who sees the redacted version of a side: what its open fields show anyway. */
export function openAdvice(advice: MatchAdvice, sealed: SealedSides): MatchAdvice | null {
  if (!sealed.need && !sealed.capability && !sealed.money) return advice;
  const gaps = advice.gaps.filter(({ code }) => {
    if (code === 'maturity' || code === 'maturity-scheme' || code === 'field' || code === 'keywords')
      return true;
    // That money is asked for tells that the other side states some.
    if (code === 'price') return !sealed.money;
    if (!sealed.need && !sealed.capability) return true;
    // Ways of working tell of both sides; indicators of the side that states them; a text of its own side.
    return code === 'text' && !sealed[advice.side];
  });
  return gaps.length === 0 ? null : { ...advice, gaps };
}

const WORDS = {
  'zh-CN': {
    capability: '成果可补充：',
    need: '需求可补充：',
    comma: '、',
    semicolon: '；',
    named: (names: string) => `${names}指标`,
    unclear: (names: string) => `${names}指标的说明（已说明，需确认）`,
    indicators: '技术指标',
    maturity: '成熟度',
    'maturity-scheme': '同一标准的成熟度',
    mode: { need: '合作方式', capability: '转化方式' },
    price: { need: '预算', capability: '报价' },
    field: '技术领域',
    keywords: '关键词',
    text: { need: '需求描述', capability: '成果简介' },
  },
  en: {
    capability: 'The capability could add: ',
    need: 'The need could add: ',
    comma: ', ',
    semicolon: '; ',
    named: (names: string) => `indicators ${names}`,
    unclear: (names: string) => `clearer words on indicators ${names} (stated, to be confirmed)`,
    indicators: 'technical indicators',
    maturity: 'maturity level',
    'maturity-scheme': 'maturity on the same scale',
    mode: { need: 'ways of cooperation', capability: 'ways of transfer' },
    price: { need: 'budget', capability: 'price' },
    field: 'technical field',
    keywords: 'keywords',
    text: { need: 'description', capability: 'abstract' },
  },
} as const;

export function formatAdvice({ side, gaps }: MatchAdvice, locale: 'zh-CN' | 'en'): string {
  const words = WORDS[locale];
  const parts = gaps.map((gap) => {
    if (gap.code === 'indicators')
      return gap.names.length === 0 ? words.indicators : words.named(gap.names.join(words.comma));
    if (gap.code === 'unclear') return words.unclear(gap.names.join(words.comma));
    const word = words[gap.code];
    return typeof word === 'string' ? word : word[side];
  });
  const isList = gaps.some((gap) => 'names' in gap && gap.names.length > 1);
  return words[side] + parts.join(isList ? words.semicolon : words.comma);
}
