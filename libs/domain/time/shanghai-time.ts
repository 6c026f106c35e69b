import type { Interval } from './interval.js';

export type TimeLocale = 'zh-CN' | 'en';

/** Asia/Shanghai has been UTC+8 without daylight saving since 1991-09-15 (tzdata). */
const OFFSET_MS = 8 * 3_600_000;
const DAY_MS = 24 * 3_600_000;
const WEEKDAYS_ZH = ['日', '一', '二', '三', '四', '五', '六'];
const WEEKDAYS_EN = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const MONTHS_EN = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const SPAN_DASH = '–';

export interface ShanghaiClock {
  year: number;
  /** 1–12 */
  month: number;
  day: number;
  /** 0 = Sunday */
  weekday: number;
  hour: number;
  minute: number;
  second: number;
}

/** What clocks in Shanghai show at an instant (from 1992). */
export function shanghaiClock(instant: Date): ShanghaiClock {
  const local = new Date(instant.getTime() + OFFSET_MS);
  return {
    year: local.getUTCFullYear(),
    month: local.getUTCMonth() + 1,
    day: local.getUTCDate(),
    weekday: local.getUTCDay(),
    hour: local.getUTCHours(),
    minute: local.getUTCMinutes(),
    second: local.getUTCSeconds(),
  };
}

/** The calendar day in Shanghai as `YYYY-MM-DD`. */
export function shanghaiDay(instant: Date): string {
  return new Date(instant.getTime() + OFFSET_MS).toISOString().slice(0, 10);
}

/** The instant of `YYYY-MM-DD` and `HH:mm` in Shanghai; null when either is not a real day or time. */
export function shanghaiInstant(day: string, time = '00:00'): Date | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day) || !/^(?:[01]\d|2[0-3]):[0-5]\d$/.test(time)) return null;
  const local = new Date(`${day}T${time}:00Z`);
  // Date rolls 02-30 over into March instead of refusing it.
  if (Number.isNaN(local.getTime()) || local.toISOString().slice(0, 10) !== day) return null;
  return new Date(local.getTime() - OFFSET_MS);
}

/** The day `YYYY-MM-DD` in Shanghai as half-open span of epoch milliseconds; null when it does not exist. */
export function shanghaiDaySpan(day: string): Interval | null {
  const start = shanghaiInstant(day)?.getTime();
  return start === undefined ? null : { start, end: start + DAY_MS };
}

/** From the first moment of `from` to the last of `to`, both included; null when either is no day. */
export function shanghaiDaysSpan(from: string, to: string): Interval | null {
  const first = shanghaiDaySpan(from);
  const last = shanghaiDaySpan(to);
  return first && last && first.start < last.end ? { start: first.start, end: last.end } : null;
}

/** "2026年11月22日(周日)" or "Sun, 22 Nov 2026". */
export function formatShanghaiDay(instant: Date, locale: TimeLocale): string {
  const { year, month, day, weekday } = shanghaiClock(instant);
  return locale === 'zh-CN'
    ? `${year}年${month}月${day}日(周${WEEKDAYS_ZH[weekday]})`
    : `${WEEKDAYS_EN[weekday]}, ${day} ${MONTHS_EN[month - 1]} ${year}`;
}

/** "11月22日" or "22 Nov": where there is little room, of days that are near. */
function formatShortDay(instant: Date, locale: TimeLocale): string {
  const { month, day } = shanghaiClock(instant);
  return locale === 'zh-CN' ? `${month}月${day}日` : `${day} ${MONTHS_EN[month - 1]}`;
}

/** "14:00" */
export function formatShanghaiTime(instant: Date): string {
  const { hour, minute } = shanghaiClock(instant);
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
}

/** "2026年11月22日(周日) 14:00" or "Sun, 22 Nov 2026, 14:00". */
export function formatShanghaiInstant(instant: Date, locale: TimeLocale): string {
  return `${formatShanghaiDay(instant, locale)}${locale === 'zh-CN' ? ' ' : ', '}${formatShanghaiTime(instant)}`;
}

/**
 * "2026年11月22日(周日) 14:00–15:30" or "Sun, 22 Nov 2026, 14:00–15:30 (UTC+8)". An end on a later day
 * is written out; one at that day's midnight is 24:00 of the day before.
 */
export function formatShanghaiSpan(start: Date, end: Date, locale: TimeLocale): string {
  const zone = locale === 'zh-CN' ? '' : ' (UTC+8)';
  return `${joinSpan(start, end, (instant) => formatShanghaiInstant(instant, locale))}${zone}`;
}

/** "11月22日 14:00–15:30" or "22 Nov 14:00–15:30", for SMS: at most 30 characters, whatever the span. */
export function formatShortShanghaiSpan(start: Date, end: Date, locale: TimeLocale): string {
  const short = (instant: Date) => `${formatShortDay(instant, locale)} ${formatShanghaiTime(instant)}`;
  return joinSpan(start, end, short);
}

function joinSpan(start: Date, end: Date, format: (instant: Date) => string): string {
  const dayOf = (instant: Date) => Math.floor((instant.getTime() + OFFSET_MS) / DAY_MS);
  const sameDay = dayOf(start) === dayOf(end);
  const nextMidnight = end.getTime() === (dayOf(start) + 1) * DAY_MS - OFFSET_MS;
  if (sameDay) return `${format(start)}${SPAN_DASH}${formatShanghaiTime(end)}`;
  if (nextMidnight) return `${format(start)}${SPAN_DASH}24:00`;
  return `${format(start)} ${SPAN_DASH} ${format(end)}`;
}
