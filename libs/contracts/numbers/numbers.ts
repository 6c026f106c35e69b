import { z } from 'zod';
import { locale } from '../identity/me.js';
import { day, instant, pageOf, pageQuery, uuid } from '../primitives.js';

/** Period in days of Asia/Shanghai, both included; without them everything so far counts. */
export const numberFilter = z
  .object({ from: day.optional(), to: day.optional(), programmeId: uuid.optional() })
  .refine((filter) => filter.from === undefined || filter.to === undefined || filter.from <= filter.to, {
    message: 'The period ends before it begins.',
    path: ['to'],
  });
export type NumberFilter = z.infer<typeof numberFilter>;

const words = z.object({ zh: z.string(), en: z.string() });

export const metricView = z.object({
  code: z.string(),
  kind: z.enum(['count', 'amount']),
  name: words,
  unit: words,
  /** How it is counted, in one or two sentences. */
  rule: words,
  /** What one row is, e.g. 活动. */
  row: words,
  /** Months add up to the period. */
  additive: z.boolean(),
  /** A count, or yuan with two decimals. */
  value: z.string(),
});
export type MetricView = z.infer<typeof metricView>;

export const numbersView = z.object({
  from: day.nullable(),
  to: day.nullable(),
  programmeId: uuid.nullable(),
  metrics: z.array(metricView),
});
export type NumbersView = z.infer<typeof numbersView>;

export const metricParams = z.object({ code: z.string().max(64) });

export const numberRowsQuery = numberFilter.safeExtend(pageQuery.pick({ page: true, pageSize: true }).shape);
export type NumberRowsQuery = z.infer<typeof numberRowsQuery>;

export const exportQuery = numberFilter.safeExtend({ locale: locale.default('zh-CN') });
export type ExportQuery = z.infer<typeof exportQuery>;

/** One counted row; `quantity` is what it adds to the number. */
export const numberRow = z.object({
  key: z.string(),
  at: instant,
  title: z.string(),
  organisation: z.string().nullable(),
  programme: z.string().nullable(),
  detail: z.string().nullable(),
  quantity: z.string(),
  link: z.string().nullable(),
});
export type NumberRow = z.infer<typeof numberRow>;
export const numberRowPage = pageOf(numberRow).extend({ value: z.string() });

export const seriesQuery = numberFilter.safeExtend({
  metric: z.string().max(64),
  by: z.enum(['month', 'programme']),
});
export type SeriesQuery = z.infer<typeof seriesQuery>;

/** `label`: YYYY-MM, or a programme's name; null = what belongs to no programme. */
export const seriesView = z.object({
  metric: z.string(),
  points: z.array(z.object({ label: z.string().nullable(), value: z.string() })),
});
export type SeriesView = z.infer<typeof seriesView>;

export const funnelStep = z.enum(['published', 'matched', 'met', 'intent', 'signed', 'paid']);
/** Needs published in the period, and how many of these got at least so far, until now. */
export const funnelView = z.object({
  steps: z.array(z.object({ step: funnelStep, needs: z.number().int() })),
});
export type FunnelView = z.infer<typeof funnelView>;

export const programmeOptions = z.object({ programmes: z.array(z.object({ id: uuid, name: z.string() })) });
export type ProgrammeOptions = z.infer<typeof programmeOptions>;
