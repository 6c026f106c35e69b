import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { z } from 'zod';
import type { Config } from '#config/config.js';
import type {
  funnelMetric,
  QualityFilter,
  QualityNumbers,
  QualityRowPage,
  QualityRowsQuery,
  QualityView,
} from '#libs/contracts/matching/match-quality.js';
import { shanghaiDaySpan } from '#libs/domain/time/shanghai-time.js';
import { readEmbeddingFailure } from '#libs/persistence/matching/embedding-models.js';
import { qualityMetrics } from '#libs/persistence/matching/quality-metrics.js';
import {
  countQualityRows,
  readCoverage,
  readFairness,
  readModelBins,
  readQualityRows,
  type ModelBin,
  type QualityPeriod,
  type QualityRow,
} from '#libs/persistence/matching/read-quality.js';
import { countEmbedded } from '#libs/persistence/matching/text-embeddings.js';
import { CONFIG } from '#libs/platform/config-token.js';
import { Transactions } from '#libs/platform/database/transactions.js';

const BINS = 10;
type FunnelField = z.infer<typeof funnelMetric>;

const FAIRNESS_DEFINITION = {
  zh: '基尼系数按各机构成果的展示次数计算：0 表示各机构一样多，越接近 1 越集中于少数机构；“前十分之一占比”为展示最多的 10% 机构（向上取整）所占的展示次数。',
  en: 'The Gini coefficient of the exposures per organisation: 0 when all are shown equally often, towards 1 when a few take all. The share of the top tenth is that of the most shown 10 % of the organisations, rounded up.',
};

/** What became of the matches that were shown, by model version, and how evenly needs and institutes are served. */
@Injectable()
export class MatchQualityService {
  constructor(
    private readonly transactions: Transactions,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** All numbers of one moment. */
  quality(filter: QualityFilter): Promise<QualityView> {
    return this.atOneMoment(async (manager) => ({
      ...(await readQuality(manager, filter)),
      embedding: await readEmbedding(manager, this.config.embeddings?.model ?? null),
    }));
  }

  rows(query: QualityRowsQuery): Promise<QualityRowPage> {
    const { page, pageSize, metric } = query;
    const wanted = {
      ...qualityPeriod(query),
      metric,
      modelVersion: query.modelVersion ?? null,
      bin: query.bin ?? null,
    };
    return this.atOneMoment(async (manager) => {
      const { total, value } = await countQualityRows(manager, wanted);
      const offset = (page - 1) * pageSize;
      const rows = await readQualityRows(manager, wanted, { limit: pageSize, offset });
      return { rows: rows.map(rowView), total, page, pageSize, value };
    });
  }

  private atOneMoment<Result>(read: (manager: EntityManager) => Promise<Result>): Promise<Result> {
    return this.transactions.run(async ({ manager }) => {
      await manager.query('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY');
      return read(manager);
    });
  }
}

/** Days of Asia/Shanghai as a half-open span of instants. */
export function qualityPeriod({ from, to }: QualityFilter): QualityPeriod {
  const start = from === undefined ? null : shanghaiDaySpan(from);
  const end = to === undefined ? null : shanghaiDaySpan(to);
  return {
    start: start === null ? null : new Date(start.start),
    end: end === null ? null : new Date(end.end),
  };
}

/** The numbers as one transaction sees them. */
export async function readQuality(manager: EntityManager, filter: QualityFilter): Promise<QualityNumbers> {
  const period = qualityPeriod(filter);
  const bins = await readModelBins(manager, period);
  const coverage = await readCoverage(manager, period);
  const fairness = await readFairness(manager, period);
  return {
    from: filter.from ?? null,
    to: filter.to ?? null,
    models: byVersion(bins).map(modelView),
    coverage: {
      needs: {
        published: coverage.needs,
        covered: coverage.covered,
        share: shareOf(coverage.covered, coverage.needs),
      },
      capabilities: {
        published: coverage.capabilities,
        shown: coverage.shown,
        share: shareOf(coverage.shown, coverage.capabilities),
      },
    },
    fairness: { ...fairness, definition: FAIRNESS_DEFINITION },
    rules: Object.fromEntries(Object.entries(qualityMetrics).map(([code, { rule }]) => [code, rule])),
  };
}

async function readEmbedding(
  manager: EntityManager,
  model: string | null,
): Promise<QualityView['embedding']> {
  if (model === null) return null;
  const { lastError, failedAt, nextAttemptAt } = await readEmbeddingFailure(manager, model);
  return {
    model,
    ...(await countEmbedded(manager, model)),
    lastError,
    failedAt: failedAt?.toISOString() ?? null,
    nextAttemptAt: nextAttemptAt?.toISOString() ?? null,
  };
}

const shareOf = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);

/** The bins of each version; the version that was shown last comes first. */
function byVersion(bins: readonly ModelBin[]): ModelBin[][] {
  const versions = [...new Set(bins.map((bin) => bin.modelVersion))].sort();
  const latest = (own: readonly ModelBin[]) => Math.max(...own.map((bin) => bin.latest.getTime()));
  return versions
    .map((version) => bins.filter((bin) => bin.modelVersion === version))
    .sort((a, b) => latest(b) - latest(a));
}

function modelView(bins: readonly ModelBin[]): QualityView['models'][number] {
  const sum = (field: FunnelField | 'judgedInFive' | 'interestedInFive') =>
    bins.reduce((total, bin) => total + bin[field], 0);
  const [judged, interested] = [sum('judgedInFive'), sum('interestedInFive')];
  return {
    modelVersion: bins[0]!.modelVersion,
    funnel: {
      shown: sum('shown'),
      viewed: sum('viewed'),
      interested: sum('interested'),
      mutual: sum('mutual'),
      met: sum('met'),
      signed: sum('signed'),
    },
    precisionAt5: { share: shareOf(interested, judged), interested, judged },
    calibration: Array.from({ length: BINS }, (_, bin) =>
      calibrationOf(
        bin,
        bins.find((own) => own.bin === bin),
      ),
    ),
  };
}

function calibrationOf(
  bin: number,
  found: ModelBin | undefined,
): QualityView['models'][number]['calibration'][number] {
  const n = found?.judged ?? 0;
  const interested = found?.interested ?? 0;
  return {
    bin,
    from: bin / BINS,
    to: (bin + 1) / BINS,
    n,
    meanScore: found?.judgedScore ?? null,
    interested,
    share: shareOf(interested, n),
  };
}

const rowView = (row: QualityRow): QualityRowPage['rows'][number] => ({
  ...row,
  at: row.at.toISOString(),
  programme: null,
});
