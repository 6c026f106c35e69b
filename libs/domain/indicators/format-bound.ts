import type { Indicator, IndicatorComparator } from './indicator.js';

const SIGNS: Readonly<Record<IndicatorComparator, string>> = {
  lt: '<',
  le: '≤',
  eq: '',
  ge: '≥',
  gt: '>',
  between: '',
};

const POWER_DIGITS = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** Very large and very small numbers by a power of ten: 5×10⁹. */
function formatNumber(value: number): string {
  const size = Math.abs(value);
  if (size === 0 || (size >= 1e-4 && size < 1e7)) return String(value);
  const [digits = '', power = ''] = value.toExponential().split('e');
  const raised = [...power.replace('+', '')].map((sign) => (sign === '-' ? '⁻' : POWER_DIGITS[Number(sign)]));
  return `${digits === '1' ? '' : `${digits}×`}10${raised.join('')}`;
}

/** A bound as people write it: ≤0.05m, 5~10 kPa becomes 5~10kPa. */
export function formatBound({
  comparator,
  value,
  valueHigh,
  unit,
}: Pick<Indicator, 'comparator' | 'value' | 'valueHigh' | 'unit'>): string {
  const number =
    comparator === 'between'
      ? `${formatNumber(value)}~${formatNumber(valueHigh ?? value)}`
      : formatNumber(value);
  return `${SIGNS[comparator]}${number}${unit ?? ''}`;
}
