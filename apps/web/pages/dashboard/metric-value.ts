import type { MetricView } from '#libs/contracts/numbers/numbers.js';
import type { Format } from '../../shell/format.js';

/** Number and unit as shown: 1,234 人次, 3.62 亿元. */
export function metricValue(
  metric: Pick<MetricView, 'kind' | 'unit'>,
  value: string,
  format: Format,
  english: boolean,
): { number: string; unit: string } {
  if (metric.kind === 'count')
    return { number: format.number(Number(value)), unit: english ? metric.unit.en : metric.unit.zh };
  if (Number(value) === 0) return { number: '0', unit: english ? metric.unit.en : metric.unit.zh };
  const [number = '', unit = ''] = format.yuan(value).split(' ');
  return { number, unit };
}
