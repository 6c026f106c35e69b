import { AppError } from '#libs/contracts/app-error.js';
import type { FieldProblem } from '#libs/contracts/app-error.js';
import { isNeedExpired } from '#libs/domain/market/need-expiry.js';
import type { SubjectKind } from '#libs/domain/market/market-fields.js';
import { factCodes } from './check-facts.js';
import type { MarketFields } from './market-kind.js';

type CodeFields = Record<string, readonly [list: string, codes: string | readonly string[] | null]>;

const SHARED_LISTS = { fields: 'technology-field', regionCode: 'region' };
const LISTS: Record<SubjectKind, Record<string, string>> = {
  need: {
    ...SHARED_LISTS,
    needKind: 'need-kind',
    solveModes: 'solve-mode',
    activityType: 'activity-type',
    industry: 'industry',
    source: 'need-source',
  },
  capability: {
    ...SHARED_LISTS,
    kind: 'capability-kind',
    form: 'capability-form',
    stage: 'capability-stage',
    transferModes: 'transfer-mode',
    level: 'achievement-level',
  },
};

/** The codes of a form with the lists that they must come from, for `CodesService.check`. */
export function codesToCheck(kind: SubjectKind, given: MarketFields, whole: MarketFields): CodeFields {
  const values = given as Record<string, string | readonly string[] | null | undefined>;
  const checks: Record<string, readonly [string, string | readonly string[] | null]> = {};
  for (const [field, list] of Object.entries(LISTS[kind])) {
    const value = values[field];
    if (value !== undefined) checks[field] = [list, value];
  }
  if (given.facts !== undefined) Object.assign(checks, factCodes(given.facts));
  if (given.ip !== undefined) checks['ip'] = ['ip-kind', given.ip.map((right) => right.kind)];
  const field = kind === 'need' ? 'targetTrl' : 'trl';
  const level = whole[field] ?? null;
  if (level !== null && (given[field] !== undefined || given.trlScheme !== undefined))
    checks[field] = [whole.trlScheme ?? 'trl-iso', String(level)];
  return checks;
}

/** Refuses pairs in the wrong order, and a maturity without its scale. */
export function refuseContradictions(whole: MarketFields): void {
  const problems: FieldProblem[] = [];
  const pairs = [
    ['budgetMinWan', 'budgetMaxWan'],
    ['priceMinWan', 'priceMaxWan'],
    ['periodStart', 'periodEnd'],
  ] as const;
  for (const [low, high] of pairs) {
    const [from, to] = [whole[low] ?? null, whole[high] ?? null];
    if (from !== null && to !== null && from > to)
      problems.push({ field: high, message: 'field.below-start' });
  }
  const level = whole.targetTrl ?? whole.trl ?? null;
  if (level !== null && (whole.trlScheme ?? null) === null)
    problems.push({ field: 'trlScheme', message: 'field.scale-missing' });
  if (problems.length > 0) throw new AppError('request.invalid', {}, problems);
}

/** Refuses a need whose last day is over: it would leave the market at once. */
export function refuseExpired(expiresAt: string | null, now: Date): void {
  if (isNeedExpired(expiresAt, now)) throw new AppError('need.expiry-past', { day: expiresAt ?? '' });
}
