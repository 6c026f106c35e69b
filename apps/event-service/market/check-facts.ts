import { AppError, type FieldProblem } from '#libs/contracts/app-error.js';
import { FACT_LISTS, offerFactsOf, requestFactsOf } from '#libs/contracts/market/record-facts.js';
import type { SubjectKind } from '#libs/domain/market/market-fields.js';
import type { OfferKind, RecordKind, RequestKind } from '#libs/domain/market/record-kinds.js';
import type { MarketFields } from './market-kind.js';

type Facts = NonNullable<MarketFields['facts']>;

const RANGES = [
  ['pupilsMin', 'pupilsMax'],
  ['amountMinWan', 'amountMaxWan'],
  ['termMinMonths', 'termMaxMonths'],
  ['availableFrom', 'availableTo'],
] as const;

/** The kind of a stored or new record; records say it under different names. */
export const recordKindOf = (row: {
  readonly requestKind?: RequestKind | undefined;
  readonly offerKind?: OfferKind | undefined;
}): RecordKind | undefined => row.requestKind ?? row.offerKind;

/** Refuses facts that the record's kind does not have, works of others than experts, and ranges in the wrong order. */
export function refuseForeignFacts(
  kind: SubjectKind,
  recordKind: RecordKind | undefined,
  { facts = {}, works = [] }: MarketFields,
): void {
  const schema =
    kind === 'need'
      ? requestFactsOf[(recordKind ?? 'technology') as RequestKind]
      : offerFactsOf[(recordKind ?? 'achievement') as OfferKind];
  const parsed = schema.safeParse(facts);
  const problems: FieldProblem[] = (parsed.error?.issues ?? []).flatMap((issue) => {
    const names = issue.code === 'unrecognized_keys' ? issue.keys : [issue.path.join('.')];
    return names.map((name) => ({ field: `facts.${name}`, message: issue.message }));
  });
  for (const [low, high] of RANGES) {
    const [from, to] = [facts[low] ?? null, facts[high] ?? null];
    if (from !== null && to !== null && from > to)
      problems.push({ field: `facts.${high}`, message: '不能小于起始值 / must not be below the start' });
  }
  if (works.length > 0 && recordKind !== 'expert')
    problems.push({ field: 'works', message: '仅专家填写 / for experts only' });
  if (problems.length > 0) throw new AppError('request.invalid', {}, problems);
}

/** The codes among the facts with the lists that they must come from. */
export function factCodes(
  facts: Facts,
): Record<string, readonly [string, string | readonly string[] | null]> {
  const entries = Object.entries(facts).flatMap(([name, value]) => {
    const list = FACT_LISTS[name];
    return list === undefined || value === undefined
      ? []
      : [[`facts.${name}`, [list, value as string | readonly string[] | null]] as const];
  });
  return Object.fromEntries(entries);
}
