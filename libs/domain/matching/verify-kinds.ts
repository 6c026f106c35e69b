import { shanghaiDay } from '#libs/domain/time/shanghai-time.js';
import type { MatchCandidate, MatchCapability, MatchNeed } from './match-types.js';

/** What each kind of request may be answered with. */
const SERVES: Readonly<Record<string, readonly string[]>> = {
  technology: ['achievement', 'expert'],
  outreach: ['lesson'],
  financing: ['finance-product'],
};

type Lists = readonly (readonly string[] | undefined)[];

const disjoint = (...lists: Lists) => {
  const stated = lists.filter((list) => list !== undefined && list.length > 0);
  return stated.length === 2 && !stated[0]!.some((code) => stated[1]!.includes(code));
};

function lessonProblems(need: MatchNeed, { facts }: MatchCapability): string[] {
  const problems: string[] = [];
  if (disjoint(need.facts?.grades, facts?.grades)) problems.push('for other grades');
  if (disjoint(need.facts?.venues, facts?.venues)) problems.push('at another kind of place');
  return problems;
}

function timeProblems(need: MatchNeed, { facts }: MatchCapability, now: Date): string[] {
  const today = shanghaiDay(now);
  const from = [today, need.periodStart]
    .filter((day) => typeof day === 'string')
    .sort()
    .at(-1)!;
  const to = need.periodEnd ?? '9999-12-31';
  if (to < from) return [];
  const late = typeof facts?.availableTo === 'string' && facts.availableTo < from;
  const early = typeof facts?.availableFrom === 'string' && facts.availableFrom > to;
  return late || early ? ['not to be had in the time asked for'] : [];
}

/** 2, 5, 10 … times 1 CNY, in 10,000 CNY: amounts with one of them in between are told apart. */
const MARKS = Array.from({ length: 14 }, (_, at) => at - 4).flatMap((decade) =>
  [2, 5, 10].map((lead) => Number(`${lead}e${decade}`)),
);
const isApart = (below: number, above: number) =>
  MARKS.some((mark) => below * (1 + 1e-6) < mark && mark <= above * (1 + 1e-6));

function amountProblems({ budgetMin, budgetMax }: MatchNeed, { facts }: MatchCapability): string[] {
  const [low, high] = [budgetMin ?? budgetMax, budgetMax ?? budgetMin];
  const tooLittle =
    typeof facts?.amountMaxWan === 'number' && typeof low === 'number' && isApart(facts.amountMaxWan, low);
  const tooMuch =
    typeof facts?.amountMinWan === 'number' && typeof high === 'number' && isApart(high, facts.amountMinWan);
  return tooLittle || tooMuch ? ['lends another amount'] : [];
}

/** Problems of a pair by what its kinds state, checked without the factor sets. */
export function verifyKinds(
  need: MatchNeed,
  capability: MatchCapability,
  candidate: MatchCandidate,
  now: Date,
): string[] {
  const kind = capability.offerKind ?? 'achievement';
  const problems: string[] = [];
  if (candidate.offerKind !== kind) problems.push('listed under another kind');
  if (SERVES[need.requestKind ?? 'technology']?.includes(kind) !== true)
    problems.push('of a kind not asked for');
  if (kind === 'lesson') problems.push(...lessonProblems(need, capability));
  if (kind === 'lesson' || kind === 'expert') problems.push(...timeProblems(need, capability, now));
  if (kind === 'finance-product') problems.push(...amountProblems(need, capability));
  return problems.map((problem) => `${capability.id}: ${problem}`);
}
