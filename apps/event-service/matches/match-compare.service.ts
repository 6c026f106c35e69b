import { Injectable } from '@nestjs/common';
import { AppError } from '#libs/contracts/app-error.js';
import type { CompareView } from '#libs/contracts/matching/match-compare.js';
import type { MatchView } from '#libs/contracts/matching/matches.js';
import { isMemberOf, isStaff, type Actor } from '#libs/domain/access/actor.js';
import { loadRecord, loadRecordFor } from '#libs/persistence/market/load-record.js';
import { Transactions } from '#libs/platform/database/transactions.js';
import type { Side } from './match-filter.js';
import { MatchesService } from './matches.service.js';

type Other = CompareView['matches'][number]['other'];

/** Matches of one record side by side, each reduced to what the reader may see. */
@Injectable()
export class MatchCompareService {
  constructor(
    private readonly transactions: Transactions,
    private readonly matches: MatchesService,
  ) {}

  async compare(actor: Actor, ids: readonly string[]): Promise<CompareView> {
    const views: MatchView[] = [];
    for (const id of ids) views.push(await this.matches.read(actor, id));
    const kind = sharedSide(views);
    if (kind === null) throw new AppError('match.compare');
    const { id, title } = views[0]![kind];
    await this.checkOwn(actor, kind, id);
    const matches: CompareView['matches'] = [];
    for (const match of views) matches.push({ match, other: await this.other(actor, kind, match) });
    return {
      subject: { kind, id, title },
      matches,
      factors: factorRows(views),
      indicators: indicatorRows(views),
    };
  }

  /** The lists that are compared are those of the own records; staff have them all. */
  private async checkOwn(actor: Actor, kind: Side, id: string): Promise<void> {
    if (isStaff(actor)) return;
    const record = await loadRecord(this.transactions.manager, kind, id);
    if (!isMemberOf(actor, record?.organisationId ?? null)) throw new AppError('match.compare');
  }

  private async other(actor: Actor, kind: Side, match: MatchView): Promise<Other> {
    const { manager } = this.transactions;
    if (kind === 'need') {
      const found = await loadRecordFor(manager, 'capability', actor, match.capability.id);
      const record = found?.record;
      return {
        ...common(record),
        trl: record?.trl ?? null,
        modes: record?.transferModes ?? null,
        money: moneyOf(record?.priceMinWan, record?.priceMaxWan, record?.priceNegotiable),
      };
    }
    const found = await loadRecordFor(manager, 'need', actor, match.need.id);
    const record = found?.record;
    return {
      ...common(record),
      trl: record?.targetTrl ?? null,
      modes: record?.solveModes ?? null,
      money: moneyOf(record?.budgetMinWan, record?.budgetMaxWan, record?.budgetNegotiable),
    };
  }
}

/** The side that all matches share: the need's when both. */
function sharedSide(views: readonly MatchView[]): Side | null {
  const same = (kind: Side) => new Set(views.map((view) => view[kind].id)).size === 1;
  if (same('need')) return 'need';
  return same('capability') ? 'capability' : null;
}

const common = (
  record: { fields: string[] | null; regionCode: string | null; trlScheme: string | null } | undefined,
) => ({
  fields: record?.fields ?? [],
  regionCode: record?.regionCode ?? null,
  trlScheme: record?.trlScheme ?? null,
});

/** Sealed together: whether it is negotiable is null exactly when the figures are hidden. */
const moneyOf = (
  min: number | null | undefined,
  max: number | null | undefined,
  negotiable: boolean | null | undefined,
): Other['money'] =>
  negotiable === null || negotiable === undefined ? null : { min: min ?? null, max: max ?? null, negotiable };

const distinct = (names: readonly string[]): string[] => [...new Set(names)];

const factorRows = (views: readonly MatchView[]): CompareView['factors'] =>
  distinct(views.flatMap((view) => view.factors.map((factor) => factor.code))).map((code) => ({
    code,
    values: views.map((view) => view.factors.find((factor) => factor.code === code)?.contribution ?? null),
  }));

const indicatorRows = (views: readonly MatchView[]): CompareView['indicators'] =>
  distinct(views.flatMap((view) => view.indicators.map((indicator) => indicator.name))).flatMap((name) => {
    // A need may state two bounds of one name: a row for each.
    const found = views.map((view) => view.indicators.filter((indicator) => indicator.name === name));
    const rows = Math.max(...found.map((own) => own.length));
    return Array.from({ length: rows }, (_, row) => ({
      name,
      values: found.map((own) => {
        const one = own[row];
        return one === undefined ? null : { wanted: one.wanted, offered: one.offered, outcome: one.outcome };
      }),
    }));
  });
