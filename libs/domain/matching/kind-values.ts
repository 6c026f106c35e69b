import { shanghaiDay } from '#libs/domain/time/shanghai-time.js';
import type { FactorCode, MatchCapability, MatchNeed } from './match-types.js';
import { amountRanges, availableDays, commonCodes, statedRange } from './offer-facts.js';

/** What a fact of the pair's kinds says, and how it is told. */
export interface KindValue {
  /** 1 fits fully, ½ says nothing, 0 speaks against. */
  readonly value: number;
  readonly list: string | null;
  readonly codes: readonly string[];
  readonly stated: string | null;
  /** What is sealed misses it, if only within its step: the value must not tell, but words for who may read it do. */
  readonly nearly?: boolean;
}

type Reader = (need: MatchNeed, capability: MatchCapability, now: Date) => KindValue | null;

const NEUTRAL = 0.5;
/** Money is lent against a credit record alone: no security is asked for. */
const NO_SECURITY = 'credit';

type Codes = readonly string[] | undefined;

/** Some code in common: at least ½, 1 when all that is asked for is offered; none in common 0. */
function shareOf(list: string, asked: Codes, offered: Codes): KindValue | null {
  const common = commonCodes(asked, offered);
  if (common === null || asked === undefined || offered === undefined) return null;
  const value = common.length === 0 ? 0 : NEUTRAL + (NEUTRAL * common.length) / asked.length;
  return { value, list, codes: common.length === 0 ? offered : common, stated: null };
}

/** One code in common is all that is needed. */
function anyOf(list: string, asked: Codes, offered: Codes): KindValue | null {
  const found = shareOf(list, asked, offered);
  return found === null ? null : { ...found, value: Number(found.value > 0) };
}

const listed = (code: string | null | undefined): Codes =>
  code === null || code === undefined ? undefined : [code];

/** Inside the range 1; outside, half of the ratio to the end that is missed. */
function withinRange(
  asked: number | null | undefined,
  low: number | null | undefined,
  high: number | null | undefined,
): KindValue | null {
  const stated = statedRange(low, high);
  if (stated === null || asked === null || asked === undefined || asked <= 0) return null;
  let value = 1;
  if (asked > (high ?? Infinity)) value = (NEUTRAL * (high ?? asked)) / asked;
  else if (asked < (low ?? 0)) value = (NEUTRAL * asked) / (low ?? asked);
  return { value, list: null, codes: [], stated };
}

const TITLE_VALUES: Readonly<Record<string, number>> = {
  senior: 1,
  'associate-senior': 0.85,
  intermediate: 0.65,
  junior: 0.5,
};

/** Days a year from which nobody need ask whether there is time. */
const AMPLE_DAYS = 30;

function availability(need: MatchNeed, capability: MatchCapability, now: Date): KindValue | null {
  const days = availableDays(need, capability, shanghaiDay(now));
  const perYear = capability.facts?.daysPerYear ?? null;
  if (days === null && perYear === null) return null;
  const time = perYear === null ? 1 : Math.min(1, NEUTRAL + (NEUTRAL * perYear) / AMPLE_DAYS);
  return { value: (days?.share ?? 1) * time, list: null, codes: [], stated: days?.stated ?? null };
}

/** Free places over all; a full one is excluded before. */
function load(talks: MatchCapability['openTalks']): KindValue | null {
  if (talks === null || talks === undefined) return null;
  const value = Math.max(0, 1 - talks.open / talks.limit);
  return { value, list: null, codes: [], stated: `${talks.open}/${talks.limit}` };
}

/** Years after which a person's last work in a subject says nothing of today, and twice which it speaks against. */
const RECENT_YEARS = 5;

/** Of the year of the newest work: 1 this year, ½ five years ago, 0 ten years ago. */
function recency(works: MatchCapability['works'], now: Date): KindValue | null {
  const years = (works ?? []).flatMap(({ year }) => year ?? []);
  if (years.length === 0) return null;
  const newest = Math.max(...years);
  const age = Number(shanghaiDay(now).slice(0, 4)) - newest;
  const value = Math.min(1, Math.max(0, 1 - (NEUTRAL * age) / RECENT_YEARS));
  return { value, list: null, codes: [], stated: String(newest) };
}

const overlap = (found: { share: number; stated: string } | null): KindValue | null =>
  found === null
    ? null
    : {
        value: found.share === 0 ? 0 : NEUTRAL + NEUTRAL * found.share,
        list: null,
        codes: [],
        stated: found.stated,
      };

/** Factors that exist only for some kinds. Null: either side does not state it. */
export const KIND_READERS: Readonly<Partial<Record<FactorCode, Reader>>> = {
  title: (_need, { facts }) => {
    const level = facts?.titleLevel ?? null;
    const value = level === null ? undefined : TITLE_VALUES[level];
    return value === undefined ? null : { value, list: 'expert-title', codes: [level!], stated: null };
  },
  availability,
  load: (_need, { openTalks }) => load(openTalks),
  recency: (_need, { works }, now) => recency(works, now),
  grade: (need, capability) => shareOf('school-stage', need.facts?.grades, capability.facts?.grades),
  subject: (need, capability) => shareOf('school-subject', need.facts?.subjects, capability.facts?.subjects),
  venue: (need, capability) => anyOf('lesson-venue', need.facts?.venues, capability.facts?.venues),
  group: (need, { facts }) => withinRange(need.facts?.pupils, facts?.pupilsMin, facts?.pupilsMax),
  dates: (need, capability, now) => overlap(availableDays(need, capability, shanghaiDay(now))),
  amount: (need, capability) => {
    const ranges = amountRanges(need, capability);
    const found = overlap(ranges);
    return found && { ...found, nearly: ranges?.meets === false };
  },
  financing: (need, capability) =>
    anyOf('financing-kind', need.facts?.financingKinds, capability.facts?.financingKinds),
  security: (need, { facts }) => {
    const asked = need.facts?.securities;
    if (facts?.securities?.includes(NO_SECURITY) === true)
      return { value: 1, list: 'security-kind', codes: [NO_SECURITY], stated: null };
    return anyOf('security-kind', asked, facts?.securities);
  },
  stage: (need, capability) =>
    anyOf('enterprise-stage', listed(need.facts?.enterpriseStage), capability.facts?.stages),
  qualification: (need, capability) =>
    anyOf('enterprise-status', need.facts?.qualifications, capability.facts?.qualifications),
  revenue: (need, capability) =>
    anyOf('revenue-band', listed(need.facts?.revenueBand), capability.facts?.revenueBands),
  term: (need, { facts }) => withinRange(need.facts?.termMonths, facts?.termMinMonths, facts?.termMaxMonths),
};
