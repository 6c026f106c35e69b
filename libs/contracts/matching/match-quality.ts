import { z } from 'zod';
import { locale } from '../identity/me.js';
import { numberRow } from '../numbers/numbers.js';
import { day, instant, pageOf, pageQuery } from '../primitives.js';

/** Period in days of Asia/Shanghai, both included, in which pairs were first shown. */
export const qualityFilter = z
  .object({ from: day.optional(), to: day.optional() })
  .refine((filter) => filter.from === undefined || filter.to === undefined || filter.from <= filter.to, {
    message: 'The period ends before it begins.',
    path: ['to'],
  });
export type QualityFilter = z.infer<typeof qualityFilter>;
export const qualityExportQuery = qualityFilter.safeExtend({ locale: locale.default('zh-CN') });

export const funnelMetric = z.enum(['shown', 'viewed', 'interested', 'mutual', 'met', 'signed']);
const share = z.number().min(0).max(1).nullable();

/** Of a model version: pairs first shown in the period, and how far they got until now; each pair's outcome counts once. */
const modelQuality = z.object({
  modelVersion: z.string(),
  funnel: z.record(funnelMetric, z.number().int()),
  /** Of the answered pairs shown among a need's first five, the share somebody was interested in. */
  precisionAt5: z.object({ share, interested: z.number().int(), judged: z.number().int() }),
  /** Ten bins of the score when shown: pairs answered, their mean score, and the share of them with interest. */
  calibration: z.array(
    z.object({
      bin: z.number().int().min(0).max(9),
      from: z.number(),
      to: z.number(),
      n: z.number().int(),
      meanScore: z.number().nullable(),
      interested: z.number().int(),
      share,
    }),
  ),
});

const words = z.object({ zh: z.string(), en: z.string() });

/** How far the vectors of an embedding model are, over the records that take part in matching. */
const embeddingProgress = z.object({
  model: z.string(),
  embedded: z.number().int(),
  /** Texts that the service does not take. */
  refused: z.number().int(),
  total: z.number().int(),
  /** `timeout`, `busy`, `malformed`, `http:500`, `refused:400`, `unreachable:ECONNREFUSED`, `dimensions:8/16`; null when it answers. */
  lastError: z.string().nullable(),
  failedAt: instant.nullable(),
  nextAttemptAt: instant.nullable(),
});

export const qualityView = z.object({
  from: day.nullable(),
  to: day.nullable(),
  models: z.array(modelQuality),
  coverage: z.object({
    /** Published needs now, and those with at least three current matches above 0.3. */
    needs: z.object({ published: z.number().int(), covered: z.number().int(), share }),
    /** Published capabilities now, and those shown to somebody in the period. */
    capabilities: z.object({ published: z.number().int(), shown: z.number().int(), share }),
  }),
  /** How evenly the organisations with published capabilities are shown to the needs' sides. */
  fairness: z.object({
    institutes: z.number().int(),
    exposures: z.number().int(),
    /** 0 = all equally often, towards 1 = one organisation takes all; null without exposures. */
    gini: share,
    /** Share of the exposures that the most shown tenth of the organisations has (rounded up). */
    topTenth: share,
    definition: words,
  }),
  /** Null where no embedding service is configured. */
  embedding: embeddingProgress.nullable(),
  /** How each number is counted, by metric. */
  rules: z.record(z.string(), words),
});
export type QualityView = z.infer<typeof qualityView>;
/** What became of the matches shown, without the state of today's embedding. */
export type QualityNumbers = Omit<QualityView, 'embedding'>;

export const qualityMetric = z.enum([
  ...funnelMetric.options,
  'precision-at-5',
  'calibration',
  'covered-needs',
  'uncovered-needs',
  'shown-capabilities',
  'unseen-capabilities',
  'institutes',
]);

/** `modelVersion` and `bin` narrow the metrics of a model version; without them all versions and bins. */
export const qualityRowsQuery = qualityFilter.safeExtend({
  ...pageQuery.pick({ page: true, pageSize: true }).shape,
  metric: qualityMetric,
  modelVersion: z.string().max(100).optional(),
  bin: z.coerce.number().int().min(0).max(9).optional(),
});
export type QualityRowsQuery = z.infer<typeof qualityRowsQuery>;

/**
 * `total` rows; `value` is the sum of their quantities: exposures for `institutes`, 1 or 0 for interest or none of the
 * judged pairs of `precision-at-5` and `calibration`, 1 for all others.
 */
export const qualityRowPage = pageOf(numberRow).extend({ value: z.string() });
export type QualityRowPage = z.infer<typeof qualityRowPage>;
