import { isRequired } from '#libs/domain/indicators/quantity-traits.js';
import { matchIndicators, type IndicatorPair } from '#libs/domain/indicators/match-indicators.js';
import type { FactorWeight, StructuralCode } from './factor-sets/factor-set.js';
import { fieldValue } from './field-distance.js';
import { KIND_READERS } from './kind-values.js';
import type { MatchCapability, MatchNeed, ModeMapping } from './match-types.js';
import { oneNameText } from './normalise-text.js';
import { readPrice } from './price-fit.js';

/** What a known piece of structure says: 1 fits fully, ½ says nothing, 0 speaks against. */
export interface StructuralValue {
  code: StructuralCode;
  weight: number;
  value: number;
}

const NEUTRAL = 0.5;

/** Keywords both sides state. None in common is neutral: people choose keywords freely. */
function keywordValue(need: MatchNeed, capability: MatchCapability): number | null {
  if (need.keywords.length === 0 || capability.keywords.length === 0) return null;
  const asked = new Set(need.keywords.map((word) => oneNameText(word).trim()).filter(Boolean));
  const offered = new Set(capability.keywords.map((word) => oneNameText(word).trim()).filter(Boolean));
  if (asked.size === 0 || offered.size === 0) return null;
  const common = [...asked].filter((word) => offered.has(word)).length;
  return NEUTRAL + (NEUTRAL * common) / Math.min(asked.size, offered.size);
}

/** Names that may mean the same quantity say half of what the same name says. */
const SUPPOSED = { met: 0.75, not_met: 0.25 } as const;

/** A figure that is missed weighs more than one that is met, and most where it is said to be a must. */
const MISSED_WEIGHT = 2;
const REQUIRED_WEIGHT = 4;

/** Weighed mean over the indicators that are decided, or would be if the names mean the same: 1 met, 0 missed. */
function indicatorValue(pairs: readonly IndicatorPair[]): number | null {
  let sum = 0;
  let weights = 0;
  for (const { need, comparison } of pairs) {
    const { outcome, supposed } = comparison;
    if (outcome === 'unknown' && !supposed) continue;
    const weight = outcome !== 'not_met' ? 1 : isRequired(need) ? REQUIRED_WEIGHT : MISSED_WEIGHT;
    weights += weight;
    if (outcome === 'met') sum += weight;
    else if (supposed) sum += SUPPOSED[supposed];
  }
  return weights === 0 ? null : sum / weights;
}

/** Levels of one scale only: reached 1, one level short ½, two ¼, three or more 0. */
function maturityValue(need: MatchNeed, capability: MatchCapability): number | null {
  const { targetTrl: want } = need;
  const { trl: have } = capability;
  if (want === null || have === null || need.trlScheme === null || need.trlScheme !== capability.trlScheme)
    return null;
  return have >= want ? 1 : Math.max(0, NEUTRAL - 0.25 * (want - have - 1));
}

/** The capability's transfer modes that serve a mode the need wants; null when either side states none. */
export function compatibleModes(
  need: MatchNeed,
  capability: MatchCapability,
  mapping: ModeMapping,
): string[] | null {
  if (capability.transferModes.length === 0) return null;
  const mapped = need.solveModes.filter((mode) => Object.hasOwn(mapping, mode));
  if (mapped.length === 0) return null;
  const served = new Set(mapped.flatMap((mode) => mapping[mode] ?? []));
  return capability.transferModes.filter((mode) => served.has(mode)).sort();
}

/** Division codes in levels of two digits, trailing zeros dropped: 440300 is 44·03. */
function regionLevels(code: string): string[] {
  let end = code.length - (code.length % 2);
  while (end > 0 && code.startsWith('00', end - 2)) end -= 2;
  const levels: string[] = [];
  for (let at = 0; at < end; at += 2) levels.push(code.slice(at, at + 2));
  return levels;
}

/** The common division of both sides, null when unknown or nothing in common. */
export function sharedRegion(
  need: MatchNeed,
  capability: MatchCapability,
): { code: string; same: boolean } | null {
  if (need.regionCode === null || capability.regionCode === null) return null;
  const asked = regionLevels(need.regionCode);
  const offered = regionLevels(capability.regionCode);
  let shared = 0;
  while (shared < asked.length && asked[shared] === offered[shared]) shared += 1;
  const same = shared === asked.length && shared === offered.length;
  return shared === 0 ? null : { code: asked.slice(0, shared).join(''), same };
}

/** Near is a little better; far away is neutral, techniques travel. */
function regionValue(need: MatchNeed, capability: MatchCapability): number | null {
  const shared = sharedRegion(need, capability);
  if (need.regionCode === null || capability.regionCode === null) return null;
  const depth = regionLevels(need.regionCode).length;
  return shared === null ? NEUTRAL : NEUTRAL + (NEUTRAL * shared.code.length) / (2 * depth);
}

const NO_PAIRS: readonly IndicatorPair[] = [];

/** The indicators of a pair, paired by name and dimension. */
export function pairIndicators(need: MatchNeed, capability: MatchCapability): readonly IndicatorPair[] {
  return need.indicators.length === 0 ? NO_PAIRS : matchIndicators(need.indicators, capability.indicators);
}

/** Whoever comes to the class on a screen is as near as the neighbour. */
const ONLINE = 'online';

function placeValue(need: MatchNeed, capability: MatchCapability): number | null {
  const online = need.facts?.venues?.includes(ONLINE) === true && capability.facts?.venues?.includes(ONLINE);
  return online === true ? null : regionValue(need, capability);
}

interface ReadOptions {
  readonly now: Date;
  readonly modeMapping: ModeMapping;
}

type Reader = (need: MatchNeed, capability: MatchCapability, options: ReadOptions) => number | null;

/** Factors of every kind; those of some kinds only are read from their facts. */
const COMMON_READERS: Readonly<Partial<Record<StructuralCode, Reader>>> = {
  keywords: keywordValue,
  field: fieldValue,
  indicators: (need, capability) => indicatorValue(pairIndicators(need, capability)),
  maturity: maturityValue,
  mode: (need, capability, { modeMapping }) => {
    const modes = compatibleModes(need, capability, modeMapping);
    return modes === null ? null : Number(modes.length > 0);
  },
  region: placeValue,
  price: (need, capability) => readPrice(need, capability)?.value ?? null,
};

/** The values of a factor set's structure that both sides know enough for, in its order. Unknown is left out. */
export function structuralValues(
  need: MatchNeed,
  capability: MatchCapability,
  structure: readonly FactorWeight<StructuralCode>[],
  options: ReadOptions,
): StructuralValue[] {
  return structure.flatMap(({ code, weight }) => {
    const common = COMMON_READERS[code];
    const value = common
      ? common(need, capability, options)
      : (KIND_READERS[code]?.(need, capability, options.now)?.value ?? null);
    return value === null ? [] : [{ code, weight, value }];
  });
}
