import { formatShanghaiTime, shanghaiDay } from '#libs/domain/time/shanghai-time.js';

/** "2026-12-01 14:00–14:20": a time in errors, the same in every language. */
export function spanWord(start: Date | number, end: Date | number): string {
  const from = new Date(start);
  return `${shanghaiDay(from)} ${formatShanghaiTime(from)}–${formatShanghaiTime(new Date(end))}`;
}
