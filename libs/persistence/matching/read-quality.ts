import type { EntityManager } from 'typeorm';
import { readInBatches } from '../read-in-batches.js';
import { qualityMetrics, SHOWN_PAIRS, type QualityMetricCode } from './quality-metrics.js';

/** Half-open; null leaves a side open. */
export interface QualityPeriod {
  readonly start: Date | null;
  readonly end: Date | null;
}

/** Pairs of a model version in a tenth of the score when shown; tenths without pairs are left out. */
export interface ModelBin {
  modelVersion: string;
  /** 0..9 */
  bin: number;
  /** When one of its pairs was shown last. */
  latest: Date;
  shown: number;
  viewed: number;
  interested: number;
  mutual: number;
  met: number;
  signed: number;
  judged: number;
  /** Mean score of the judged pairs; null without any. */
  judgedScore: number | null;
  judgedInFive: number;
  interestedInFive: number;
}

export interface CoverageCounts {
  needs: number;
  covered: number;
  capabilities: number;
  shown: number;
}

export interface Fairness {
  institutes: number;
  exposures: number;
  gini: number | null;
  topTenth: number | null;
}

const values = ({ start, end }: QualityPeriod): unknown[] => [start, end];

/** What became of the shown pairs, by model version and tenth of the score. */
export async function readModelBins(manager: EntityManager, period: QualityPeriod): Promise<ModelBin[]> {
  return manager.query<ModelBin[]>(
    `SELECT p.model_version AS "modelVersion", p.bin, max(p.shown_at) AS latest, count(*)::int AS shown,
       count(p.viewed_at)::int AS viewed, count(*) FILTER (WHERE p.interested)::int AS interested,
       count(*) FILTER (WHERE p.mutual)::int AS mutual, count(*) FILTER (WHERE p.met)::int AS met,
       count(*) FILTER (WHERE p.signed)::int AS signed, count(*) FILTER (WHERE p.judged)::int AS judged,
       avg(p.score) FILTER (WHERE p.judged) AS "judgedScore",
       count(*) FILTER (WHERE p.judged AND p.rank <= 5)::int AS "judgedInFive",
       count(*) FILTER (WHERE p.interested AND p.rank <= 5)::int AS "interestedInFive"
     FROM (${SHOWN_PAIRS}) p GROUP BY p.model_version, p.bin ORDER BY p.model_version, p.bin`,
    values(period),
  );
}

export async function readCoverage(manager: EntityManager, period: QualityPeriod): Promise<CoverageCounts> {
  const count = (code: QualityMetricCode) =>
    `(SELECT count(*)::int FROM (${qualityMetrics[code].rowsSql}) r)`;
  const rows = await manager.query<CoverageCounts[]>(
    `SELECT x.covered, x.covered + x.uncovered AS needs, x.shown, x.shown + x.unseen AS capabilities FROM (
       SELECT ${count('covered-needs')} AS covered, ${count('uncovered-needs')} AS uncovered,
              ${count('shown-capabilities')} AS shown, ${count('unseen-capabilities')} AS unseen) x`,
    values(period),
  );
  return rows[0]!;
}

/**
 * With x₁ ≤ … ≤ xₙ the exposures of n organisations: Gini = 2·Σ i·xᵢ / (n·Σ xᵢ) − (n + 1)/n, which equals the mean
 * absolute difference over twice the mean (Gini 1912). Null without exposures.
 */
export async function readFairness(manager: EntityManager, period: QualityPeriod): Promise<Fairness> {
  const rows = await manager.query<Fairness[]>(
    `SELECT count(*)::int AS institutes, coalesce(sum(x), 0)::int AS exposures,
       CASE WHEN sum(x) > 0 THEN
         greatest(0, 2 * sum(place * x) / (count(*) * sum(x)) - (count(*) + 1)::float8 / count(*)) END AS gini,
       sum(x) FILTER (WHERE place > count - ceil(count / 10.0)) / nullif(sum(x), 0) AS "topTenth"
     FROM (SELECT r.quantity::float8 AS x, row_number() OVER (ORDER BY r.quantity, r.key) AS place,
                  count(*) OVER () AS count
           FROM (${qualityMetrics.institutes.rowsSql}) r) s`,
    values(period),
  );
  return rows[0]!;
}

export interface QualityRow {
  key: string;
  at: Date;
  title: string;
  organisation: string | null;
  detail: string | null;
  /** Decimal string. */
  quantity: string;
  link: string | null;
}

export interface QualityRowFilter extends QualityPeriod {
  readonly metric: QualityMetricCode;
  readonly modelVersion: string | null;
  readonly bin: number | null;
}

const FILTERED = (metric: QualityMetricCode) => `(${qualityMetrics[metric].rowsSql}) r
  WHERE ($3::text IS NULL OR r.model_version = $3) AND ($4::int IS NULL OR r.bin = $4)`;

const qualityRows = (metric: QualityMetricCode) => `
  SELECT r.key, r.at, r.title, r.organisation, r.detail, r.quantity::text AS quantity, r.link
  FROM ${FILTERED(metric)} ORDER BY r.quantity DESC, r.at DESC, r.key`;

const filterValues = (filter: QualityRowFilter): unknown[] => [
  ...values(filter),
  filter.modelVersion,
  filter.bin,
];

/** Some of the rows behind a number, the largest and latest first. */
export async function readQualityRows(
  manager: EntityManager,
  filter: QualityRowFilter,
  page: { readonly limit: number; readonly offset: number },
): Promise<QualityRow[]> {
  return manager.query<QualityRow[]>(`${qualityRows(filter.metric)} LIMIT $5 OFFSET $6`, [
    ...filterValues(filter),
    page.limit,
    page.offset,
  ]);
}

/** All of them, so many at a time. */
export function allQualityRows(
  manager: EntityManager,
  filter: QualityRowFilter,
  size: number,
): AsyncGenerator<QualityRow[], void, undefined> {
  return readInBatches<QualityRow>(manager, qualityRows(filter.metric), filterValues(filter), size);
}

export async function countQualityRows(
  manager: EntityManager,
  filter: QualityRowFilter,
): Promise<{ total: number; value: string }> {
  const rows = await manager.query<{ total: number; value: string }[]>(
    `SELECT count(*)::int AS total, coalesce(sum(r.quantity), 0)::text AS value FROM ${FILTERED(filter.metric)}`,
    filterValues(filter),
  );
  return rows[0]!;
}
