import { utcOf, utcWall, type WallTime } from '../zone-clock.js';
import type { InboundComponent } from './read-calendar-lines.js';

/** Seconds east of Greenwich when a clock of the zone shows `wall`. */
export type DefinedZone = (wall: WallTime) => number;

/** Zones with their history since 1900 have a few dozen; one with more is a zone that nobody knows. */
const MAX_OBSERVANCES = 100;
const MAX_ONSETS = 2000;
const DAY = 86_400_000;
const WEEKDAYS = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'];

/** A change of the clock. Times are milliseconds since 1970 as the clock before the change shows them. */
interface Observance {
  readonly from: number;
  readonly to: number;
  readonly start: number;
  /** DTSTART and RDATE. */
  readonly once: readonly number[];
  readonly rules: readonly YearlyRule[];
}

interface YearlyRule {
  readonly interval: number;
  readonly until: number;
  readonly month: number;
  /** Empty = the day of the first onset. */
  readonly monthDays: readonly number[];
  /** `nth` 0 = each of the month, negative = from its end. */
  readonly weekdays: readonly { readonly nth: number; readonly day: number }[];
}

/**
 * The clock that a VTIMEZONE defines (RFC 5545 §3.6.5): the observance with the latest onset counts. A time that occurs
 * twice is the first one, a skipped one is read with the offset before the gap (§3.3.5). null when it cannot be read or
 * is beyond all measure; asking takes a bounded number of steps.
 */
export function readZoneDefinition(zone: InboundComponent): DefinedZone | null {
  const parts = zone.components.filter(({ name }) => name === 'STANDARD' || name === 'DAYLIGHT');
  if (parts.length === 0 || parts.length > MAX_OBSERVANCES) return null;
  const offsets = parts.map((part) => offsetOf(valueOf(part, 'TZOFFSETTO')));
  const [only] = offsets;
  if (typeof only === 'number' && offsets.every((offset) => offset === only)) return () => only;
  const observances = parts.map(readObservance);
  if (!observances.every((one) => one !== null)) return null;
  const onsets = observances.reduce((sum, { once, rules }) => sum + once.length + rules.length, 0);
  if (onsets > MAX_ONSETS) return null;
  const first = observances.reduce((one, other) => (other.start < one.start ? other : one));
  return (wall) => {
    const local = utcOf(wall);
    let current: Observance | null = null;
    let latest = -Infinity;
    for (const observance of observances) {
      const onset = latestOnset(observance, local);
      if (onset > latest) [current, latest] = [observance, onset];
    }
    if (current === null) return first.from;
    return local < latest + (current.to - current.from) * 1000 ? current.from : current.to;
  };
}

function valueOf(component: InboundComponent, name: string): string | null {
  return component.lines.find((line) => line.name === name)?.value.trim() ?? null;
}

/** RFC 5545 §3.3.14. */
function offsetOf(value: string | null): number | null {
  const read = /^([+-])(\d\d)(\d\d)(\d\d)?$/.exec(value ?? '');
  if (read === null) return null;
  const seconds = (Number(read[2]) * 60 + Number(read[3])) * 60 + Number(read[4] ?? 0);
  return read[1] === '-' ? -seconds : seconds;
}

function readObservance(part: InboundComponent): Observance | null {
  const to = offsetOf(valueOf(part, 'TZOFFSETTO'));
  const from = offsetOf(valueOf(part, 'TZOFFSETFROM'));
  if (to === null || from === null) return null;
  const start = localTime(valueOf(part, 'DTSTART') ?? '', from);
  if (start === null) return null;
  const values = (name: string) => part.lines.filter((line) => line.name === name).map(({ value }) => value);
  const once = values('RDATE')
    .flatMap((value) => value.split(','))
    .map((value) => localTime(value.trim(), from));
  const rules = values('RRULE').map((value) => readRule(value.trim().toUpperCase(), start, from));
  if (!once.every((time) => time !== null) || !rules.every((rule) => rule !== null)) return null;
  return { from, to, start, once: [start, ...once], rules };
}

/** What the clock before the change shows; a time in UTC is taken to that clock. A date is its midnight. */
function localTime(value: string, offset: number): number | null {
  const read = /^(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)(Z?))?$/i.exec(value);
  if (read === null) return null;
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = read.slice(1, 7).map(number);
  return utcOf({ year, month, day, hour, minute, second }) + (read[7] ? offset * 1000 : 0);
}

const number = (text: string | undefined): number => Number(text ?? 0);

/** A rule that comes back every year in one month; null for any other, which no change of clocks follows. */
function readRule(text: string, start: number, offset: number): YearlyRule | null {
  const parts = new Map(text.split(';').map((part) => part.split('=', 2) as [string, string | undefined]));
  const first = utcWall(new Date(start));
  const given = (name: string) => parts.get(name) ?? null;
  const same = (name: string, value: number) => given(name) === null || number(given(name) ?? '') === value;
  const asWritten = same('BYHOUR', first.hour) && same('BYMINUTE', first.minute);
  const days = (given('BYDAY') ?? '').split(',').filter(Boolean).map(readWeekday);
  const monthDays = (given('BYMONTHDAY') ?? '').split(',').filter(Boolean).map(Number);
  const month = Number(given('BYMONTH') ?? first.month);
  const interval = Number(given('INTERVAL') ?? 1);
  const until = lastOnset(given('UNTIL'), given('COUNT'), first.year, { interval, offset });
  const known = [...parts.keys()].every((name) => name === '' || RULE_PARTS.has(name));
  const whole = [month, interval, ...monthDays].every(Number.isInteger);
  if (!known || given('FREQ') !== 'YEARLY' || !asWritten || !whole || until === null) return null;
  if (month < 1 || month > 12 || interval < 1 || monthDays.length > 31 || days.length > 7) return null;
  if (days.length > 0 && monthDays.length === 0 && given('BYMONTH') === null) return null;
  const weekdays = days.filter((day) => day !== null);
  if (weekdays.length < days.length) return null;
  return { interval, until, month, monthDays, weekdays };
}

const RULE_PARTS = new Set(
  'FREQ,INTERVAL,BYMONTH,BYDAY,BYMONTHDAY,UNTIL,COUNT,WKST,BYHOUR,BYMINUTE,BYSECOND'.split(','),
);

function readWeekday(text: string): { nth: number; day: number } | null {
  const read = /^([+-]?\d)?(SU|MO|TU|WE|TH|FR|SA)$/.exec(text.trim());
  return read === null ? null : { nth: Number(read[1] ?? 0), day: WEEKDAYS.indexOf(read[2] ?? '') };
}

/** The rule's last onset or later: UNTIL with its whole day when it is a date; COUNT counts years. */
function lastOnset(
  until: string | null,
  count: string | null,
  firstYear: number,
  { interval, offset }: { interval: number; offset: number },
): number | null {
  if (until !== null) {
    const time = localTime(until, offset);
    return time !== null && !until.includes('T') ? time + DAY - 1 : time;
  }
  if (count === null) return Infinity;
  const year = firstYear + (Number(count) - 1) * interval;
  return Number.isInteger(year) ? Date.UTC(Math.min(year, 9999) + 1, 0, 1) - 1 : null;
}

function latestOnset({ start, once, rules }: Observance, local: number): number {
  let latest = -Infinity;
  for (const onset of once) if (onset <= local && onset > latest) latest = onset;
  for (const rule of rules) {
    const limit = Math.min(local, rule.until);
    if (limit >= start) latest = Math.max(latest, latestOfRule(rule, start, limit));
  }
  return latest;
}

/** The latest onset up to `limit`: in the last year of the rule, or in the one before that. */
function latestOfRule(rule: YearlyRule, start: number, limit: number): number {
  const first = utcWall(new Date(start)).year;
  const years = utcWall(new Date(limit)).year - first;
  const last = first + years - (years % rule.interval);
  for (const year of [last, last - rule.interval]) {
    const onsets = onsetsIn(rule, year, start).filter((onset) => onset >= start && onset <= limit);
    if (onsets.length > 0) return Math.max(...onsets);
  }
  return -Infinity;
}

function onsetsIn(rule: YearlyRule, year: number, start: number): number[] {
  const first = utcOf({ year, month: rule.month, day: 1, hour: 0, minute: 0, second: 0 });
  const length = utcWall(new Date(first + 31 * DAY)).day;
  // The 31 days after the first of a month end on the first of the next one, or so many days later.
  const daysInMonth = 32 - length;
  const weekday = new Date(first).getUTCDay();
  const time = ((start % DAY) + DAY) % DAY;
  return daysOf(rule, daysInMonth, weekday, utcWall(new Date(start)).day).map(
    (day) => first + (day - 1) * DAY + time,
  );
}

function daysOf({ monthDays, weekdays }: YearlyRule, length: number, weekday: number, day: number): number[] {
  if (monthDays.length === 0 && weekdays.length === 0) return day <= length ? [day] : [];
  const onDay = (one: number, wanted: number) => (weekday + one - 1) % 7 === wanted;
  const all = Array.from({ length }, (_, index) => index + 1);
  return all.filter((one) => {
    const listed = monthDays.length === 0 || monthDays.includes(one) || monthDays.includes(one - length - 1);
    const nths = [0, Math.ceil(one / 7), -Math.ceil((length - one + 1) / 7)];
    return (
      listed &&
      (weekdays.length === 0 ||
        weekdays.some(({ nth, day: wanted }) => onDay(one, wanted) && nths.includes(nth)))
    );
  });
}
