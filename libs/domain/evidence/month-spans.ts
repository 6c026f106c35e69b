import { shanghaiClock, shanghaiInstant } from '../time/shanghai-time.js';

export interface LabelledMonth {
  /** YYYY-MM in Asia/Shanghai */
  readonly label: string;
  readonly start: Date;
  readonly end: Date;
}

/**
 * The calendar months of Asia/Shanghai that the half-open span touches, in order, the first and last cut to the span:
 * together they are the span, each instant in exactly one. Empty when `end <= start`.
 */
export function monthSpans(start: Date, end: Date): LabelledMonth[] {
  const months: LabelledMonth[] = [];
  let { year, month } = shanghaiClock(start);
  for (let at = start; at < end;) {
    const label = `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}`;
    [year, month] = month === 12 ? [year + 1, 1] : [year, month + 1];
    const next = shanghaiInstant(`${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-01`);
    const stop = next === null || next > end ? end : next;
    months.push({ label, start: at, end: stop });
    at = stop;
  }
  return months;
}
