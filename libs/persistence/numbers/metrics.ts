import { dealMetrics } from './deal-metrics.js';
import { eventMetrics } from './event-metrics.js';
import type { Metric } from './metric.js';
import { needMetrics } from './need-metrics.js';

/** Every number of the dashboard, in the order in which it is shown. */
export const metrics: readonly Metric[] = [...eventMetrics, ...needMetrics, ...dealMetrics];

export const findMetric = (code: string): Metric | null =>
  metrics.find((metric) => metric.code === code) ?? null;
