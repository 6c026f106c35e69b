import { Injectable } from '@nestjs/common';
import { AppError } from '#libs/contracts/app-error.js';
import {
  funnelStep,
  type FunnelView,
  type MetricView,
  type NumberFilter,
  type NumberRow,
  type NumberRowsQuery,
  type NumbersView,
  type ProgrammeOptions,
  type SeriesQuery,
  type SeriesView,
} from '#libs/contracts/numbers/numbers.js';
import { fromFen, toFen } from '#libs/domain/evidence/money.js';
import { monthSpans } from '#libs/domain/evidence/month-spans.js';
import { shanghaiDaySpan } from '#libs/domain/time/shanghai-time.js';
import type { Metric } from '#libs/persistence/numbers/metric.js';
import { findMetric, metrics } from '#libs/persistence/numbers/metrics.js';
import {
  readByMonth,
  readByProgramme,
  readCountedRows,
  readFunnel,
  readNumbers,
  summariseRows,
  type CountedRow,
  type NumberPeriod,
} from '#libs/persistence/numbers/read-numbers.js';
import { Clock } from '#libs/platform/clock.js';
import { Transactions } from '#libs/platform/database/transactions.js';

const LONGEST_FILLED_MONTHS = 36;
const MILLISECOND = 1;

/** The numbers a bureau reports, the rows behind them, and their course over time. */
@Injectable()
export class NumbersService {
  constructor(
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  async numbers(filter: NumberFilter): Promise<NumbersView> {
    const values = await readNumbers(this.transactions.manager, metrics, periodOf(filter));
    return {
      from: filter.from ?? null,
      to: filter.to ?? null,
      programmeId: filter.programmeId ?? null,
      metrics: metrics.map((metric) => metricView(metric, values.get(metric.code) ?? '0')),
    };
  }

  async rows(code: string, query: NumberRowsQuery) {
    const metric = knownMetric(code);
    const { page, pageSize } = query;
    // One moment for rows, count and sum: a check-in in between would make them disagree.
    return this.transactions.run(async ({ manager }) => {
      await manager.query('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY');
      const period = periodOf(query);
      const { total, value } = await summariseRows(manager, metric, period);
      const offset = (page - 1) * pageSize;
      const rows = await readCountedRows(manager, metric, period, { limit: pageSize, offset });
      return { rows: rows.map(numberRowView), total, page, pageSize, value };
    });
  }

  async series({ metric: code, by, ...filter }: SeriesQuery): Promise<SeriesView> {
    const metric = knownMetric(code);
    const points = await (by === 'month' ? this.byMonth(metric, filter) : this.byProgramme(metric, filter));
    return { metric: code, points };
  }

  async funnel(filter: NumberFilter): Promise<FunnelView> {
    const counts = await readFunnel(this.transactions.manager, periodOf(filter));
    return { steps: funnelStep.options.map((step) => ({ step, needs: counts[step] })) };
  }

  async programmes(): Promise<ProgrammeOptions> {
    const programmes = await this.transactions.manager.query<ProgrammeOptions['programmes']>(
      'SELECT id, name FROM programme ORDER BY archived_at IS NOT NULL, name',
    );
    return { programmes };
  }

  private async byMonth(metric: Metric, filter: NumberFilter): Promise<SeriesView['points']> {
    const { manager } = this.transactions;
    const period = periodOf(filter);
    const { first, last } = await summariseRows(manager, metric, period);
    // The last row is dated by somebody's first visit where each counts once; later visits lie before now.
    const dataEnd =
      last === null ? null : new Date(Math.max(last.getTime() + MILLISECOND, this.clock.now().getTime()));
    const wished = monthSpans(period.start ?? first ?? EPOCH, period.end ?? dataEnd ?? EPOCH);
    // A closed period shows its empty months too; a very long one begins and ends with the data.
    const months =
      wished.length <= LONGEST_FILLED_MONTHS ? wished : monthSpans(first ?? EPOCH, dataEnd ?? EPOCH);
    return readByMonth(manager, metric, months, period.programmeId);
  }

  private async byProgramme(metric: Metric, filter: NumberFilter): Promise<SeriesView['points']> {
    const { manager } = this.transactions;
    const period = periodOf(filter);
    const points = await readByProgramme(manager, metric, period);
    if (!metric.additiveByProgramme || period.programmeId !== null) return points;
    const { value } = await summariseRows(manager, metric, period);
    const rest = points.reduce((left, point) => left - toFen(point.value), toFen(value));
    if (rest <= 0n) return points;
    return [
      ...points,
      { label: null, value: metric.kind === 'amount' ? fromFen(rest) : String(rest / 100n) },
    ];
  }
}

const EPOCH = new Date(0);

/** Days of Asia/Shanghai as a half-open span of instants. */
export function periodOf({ from, to, programmeId }: NumberFilter): NumberPeriod {
  const start = from === undefined ? null : shanghaiDaySpan(from);
  const end = to === undefined ? null : shanghaiDaySpan(to);
  return {
    start: start === null ? null : new Date(start.start),
    end: end === null ? null : new Date(end.end),
    programmeId: programmeId ?? null,
  };
}

export function metricView(metric: Metric, value: string): MetricView {
  const { code, kind, name, unit, rule, row, additive } = metric;
  return { code, kind, name, unit, rule, row, additive, value };
}

function numberRowView(row: CountedRow): NumberRow {
  return { ...row, at: row.at.toISOString() };
}

function knownMetric(code: string): Metric {
  const metric = findMetric(code);
  if (metric === null) throw new AppError('number.unknown');
  return metric;
}
