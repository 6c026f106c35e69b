import type { EntityManager } from 'typeorm';
import { MEETING_MATCHES } from '../meetings/meeting-matches.js';
import { readInBatches } from '../read-in-batches.js';
import { PARAMETERS, ROW_COLUMNS, type Metric } from './metric.js';
import { needOfProgramme } from './need-metrics.js';

/** Half-open; null leaves a side open. */
export interface NumberPeriod {
  readonly start: Date | null;
  readonly end: Date | null;
  readonly programmeId: string | null;
}

export interface CountedRow {
  key: string;
  at: Date;
  title: string;
  organisation: string | null;
  programme: string | null;
  detail: string | null;
  /** Decimal string. */
  quantity: string;
  link: string | null;
}

const values = ({ start, end, programmeId }: NumberPeriod): unknown[] => [start, end, programmeId];

/** The number as text: counts without decimals, amounts with two. */
const valueOf = (metric: Metric): string =>
  `round(coalesce(sum(r.quantity), 0), ${metric.kind === 'amount' ? 2 : 0})::text`;

/** All numbers of a period by one statement, thus of one moment. By code. */
export async function readNumbers(
  manager: EntityManager,
  metrics: readonly Metric[],
  period: NumberPeriod,
): Promise<Map<string, string>> {
  const statements = metrics.map(
    (metric) => `SELECT '${metric.code}' AS code, ${valueOf(metric)} AS value
                 FROM (${metric.rowsSql(PARAMETERS)}) r`,
  );
  const rows = await manager.query<{ code: string; value: string }[]>(
    statements.join(' UNION ALL '),
    values(period),
  );
  return new Map(rows.map(({ code, value }) => [code, value]));
}

const countedRows = (metric: Metric): string => `
  SELECT ${ROW_COLUMNS.map((column) => `r.${column}`).join(', ')}
  FROM (${metric.rowsSql(PARAMETERS)}) r ORDER BY r.at DESC, r.key`;

/** Some of the rows that a number counts, latest first. */
export async function readCountedRows(
  manager: EntityManager,
  metric: Metric,
  period: NumberPeriod,
  page: { readonly limit: number; readonly offset: number },
): Promise<CountedRow[]> {
  return manager.query<CountedRow[]>(`${countedRows(metric)} LIMIT $4 OFFSET $5`, [
    ...values(period),
    page.limit,
    page.offset,
  ]);
}

/** All of them, so many at a time. */
export function allCountedRows(
  manager: EntityManager,
  metric: Metric,
  period: NumberPeriod,
  size: number,
): AsyncGenerator<CountedRow[], void, undefined> {
  return readInBatches<CountedRow>(manager, countedRows(metric), values(period), size);
}

/** How many rows a number counts, their sum, and the first and last instant among them. */
export async function summariseRows(
  manager: EntityManager,
  metric: Metric,
  period: NumberPeriod,
): Promise<{ total: number; value: string; first: Date | null; last: Date | null }> {
  const rows = await manager.query<{ total: number; value: string; first: Date | null; last: Date | null }[]>(
    `SELECT count(*)::int AS total, ${valueOf(metric)} AS value, min(r.at) AS first, max(r.at) AS last
     FROM (${metric.rowsSql(PARAMETERS)}) r`,
    values(period),
  );
  return rows[0]!;
}

export interface MonthSpan {
  /** YYYY-MM */
  readonly label: string;
  readonly start: Date;
  readonly end: Date;
}

// The outer aliases below must not be those of any rowsSql, which would capture them: hence their long names.

/** The metric of each month on its own, also where months do not add up. `programmeId` null = all. */
export async function readByMonth(
  manager: EntityManager,
  metric: Metric,
  months: readonly MonthSpan[],
  programmeId: string | null,
): Promise<{ label: string; value: string }[]> {
  if (months.length === 0) return [];
  const filter = { start: 'outer_month.starts', end: 'outer_month.ends', programme: '$4::uuid' };
  return manager.query<{ label: string; value: string }[]>(
    `SELECT outer_month.label, ${valueOf(metric)} AS value
     FROM unnest($1::text[], $2::timestamptz[], $3::timestamptz[]) AS outer_month(label, starts, ends)
     LEFT JOIN LATERAL (${metric.rowsSql(filter)}) r ON true GROUP BY outer_month.label ORDER BY outer_month.label`,
    [
      months.map((month) => month.label),
      months.map((month) => month.start),
      months.map((month) => month.end),
      programmeId,
    ],
  );
}

/** The metric of each programme on its own, by name. */
export async function readByProgramme(
  manager: EntityManager,
  metric: Metric,
  period: NumberPeriod,
): Promise<{ label: string; value: string }[]> {
  const filter = { ...PARAMETERS, programme: 'outer_programme.id' };
  return manager.query<{ label: string; value: string }[]>(
    `SELECT outer_programme.name AS label, ${valueOf(metric)} AS value FROM programme outer_programme
     LEFT JOIN LATERAL (${metric.rowsSql(filter)}) r ON true
     WHERE $3::uuid IS NULL OR outer_programme.id = $3 GROUP BY outer_programme.id ORDER BY outer_programme.name`,
    values(period),
  );
}

export interface FunnelCounts {
  published: number;
  matched: number;
  met: number;
  intent: number;
  signed: number;
  paid: number;
}

/** Needs published in the period, and how many of them got at least that far until now; never rises from step to step. */
export async function readFunnel(manager: EntityManager, period: NumberPeriod): Promise<FunnelCounts> {
  const rows = await manager.query<FunnelCounts[]>(
    `SELECT count(*)::int AS published, count(*) FILTER (WHERE f.step >= 1)::int AS matched,
            count(*) FILTER (WHERE f.step >= 2)::int AS met, count(*) FILTER (WHERE f.step >= 3)::int AS intent,
            count(*) FILTER (WHERE f.step >= 4)::int AS signed, count(*) FILTER (WHERE f.step >= 5)::int AS paid
     FROM (
       SELECT greatest(d.step, m.step, x.step, 0) AS step
       FROM need n
       LEFT JOIN (SELECT need_id, max(CASE WHEN d.stage = 'paid' THEN 5
                          WHEN d.signed_on IS NOT NULL AND d.stage <> 'terminated' THEN 4
                          WHEN EXISTS (SELECT 1 FROM deal_step s WHERE s.deal_id = d.id
                                       AND s.to_stage IN ('intent', 'negotiation', 'signed', 'paid')) THEN 3
                          ELSE 0 END) AS step FROM deal d GROUP BY need_id) d ON d.need_id = n.id
       LEFT JOIN (SELECT DISTINCT need_id, 2 AS step FROM ${MEETING_MATCHES} m WHERE status = 'held') m
         ON m.need_id = n.id
       LEFT JOIN (SELECT DISTINCT need_id, 1 AS step FROM match WHERE mutual_at IS NOT NULL) x ON x.need_id = n.id
       WHERE n.request_kind = 'technology' AND n.published_at IS NOT NULL
         AND ($1::timestamptz IS NULL OR n.published_at >= $1) AND ($2::timestamptz IS NULL OR n.published_at < $2)
         AND ${needOfProgramme(PARAMETERS)}) f`,
    values(period),
  );
  return rows[0]!;
}
