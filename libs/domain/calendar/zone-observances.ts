import { wallTime, zoneOffset, type WallTime } from './zone-clock.js';

/** One STANDARD or DAYLIGHT block of a VTIMEZONE (RFC 5545 §3.6.5). */
export interface ZoneObservance {
  readonly daylight: boolean;
  /** First onset, on the clock before the change. */
  readonly start: WallTime;
  /** Seconds east of Greenwich. */
  readonly offsetFrom: number;
  readonly offsetTo: number;
  /** RRULE of a change that comes back every year; null = this once. */
  readonly rule: string | null;
}

interface Transition {
  readonly at: Date;
  readonly from: number;
  readonly to: number;
}

const DAY = 86_400_000;
const WEEKDAYS = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'] as const;
const EPOCH: WallTime = { year: 1970, month: 1, day: 1, hour: 0, minute: 0, second: 0 };
/** Years that a yearly rule must hold in before it is believed. */
const YEARS = 5;

/**
 * The observances of a zone that an event in `year` needs, from the runtime's IANA data: yearly rules where the changes
 * follow one, else every change of the years around by itself. A zone without changes has one STANDARD.
 * @throws RangeError when there is no such zone
 */
export function zoneObservances(zone: string, year: number): ZoneObservance[] {
  const first = year - 1;
  const transitions = transitionsOf(zone, first, first + YEARS);
  const before = zoneOffset(new Date(Date.UTC(first, 0, 1)), zone);
  const [one] = transitions;
  if (one === undefined) {
    return [{ daylight: false, start: EPOCH, offsetFrom: before, offsetTo: before, rule: null }];
  }
  const standard = Math.min(before, ...transitions.map((transition) => transition.to));
  const describe = (transition: Transition, rule: string | null): ZoneObservance => ({
    daylight: transition.to > standard,
    start: onset(transition),
    offsetFrom: transition.from,
    offsetTo: transition.to,
    rule,
  });
  const yearly = yearlyRules(transitions);
  if (yearly !== null) return yearly.map(({ transition, rule }) => describe(transition, rule));
  const initial = {
    daylight: before > standard,
    start: EPOCH,
    offsetFrom: before,
    offsetTo: before,
    rule: null,
  };
  return [initial, ...transitions.map((transition) => describe(transition, null))];
}

/** Changes from the beginning of `first` to the end of the year before `end`. */
function transitionsOf(zone: string, first: number, end: number): Transition[] {
  const found: Transition[] = [];
  for (let month = 0; month < (end - first) * 12; month++) {
    // A month is short enough to hold one change at most, Ramadan's pause of daylight saving excepted.
    for (const half of [1, 16]) {
      const low = Date.UTC(first, month, half);
      const high = half === 1 ? Date.UTC(first, month, 16) : Date.UTC(first, month + 1, 1);
      const from = zoneOffset(new Date(low), zone);
      const to = zoneOffset(new Date(high), zone);
      if (from !== to) found.push({ at: search(zone, low, high, from), from, to });
    }
  }
  return found;
}

function search(zone: string, from: number, to: number, offset: number): Date {
  let low = from;
  let high = to;
  while (high - low > 1000) {
    const middle = Math.floor((low + high) / 2000) * 1000;
    if (zoneOffset(new Date(middle), zone) === offset) low = middle;
    else high = middle;
  }
  return new Date(high);
}

/** Local time of the change on the clock that is left. */
function onset({ at, from }: Transition): WallTime {
  return wallTime(new Date(at.getTime() + from * 1000), 'UTC');
}

/** The first transition of each yearly rule, when all changes follow two of them. */
function yearlyRules(transitions: readonly Transition[]): { transition: Transition; rule: string }[] | null {
  if (transitions.length !== 2 * YEARS) return null;
  const rules: { transition: Transition; rule: string }[] = [];
  for (const offset of [0, 1]) {
    const mine = transitions.filter((_, index) => index % 2 === offset);
    const rule = commonRule(mine.map(onset));
    const [transition] = mine;
    if (rule === null || transition === undefined || mine.some((other) => other.to !== transition.to))
      return null;
    rules.push({ transition, rule });
  }
  return rules;
}

/** `FREQ=YEARLY;BYMONTH=…;BYDAY=…` that all onsets follow, at the same time of day; null when there is none. */
function commonRule(onsets: readonly WallTime[]): string | null {
  const weekdays = onsets.map(weekday);
  const [first] = onsets;
  if (first === undefined || new Set(weekdays).size !== 1) return null;
  const sameTime = onsets.every(
    (wall) => wall.month === first.month && wall.hour === first.hour && wall.minute === first.minute,
  );
  if (!sameTime) return null;
  const nths = new Set(onsets.map((wall) => Math.ceil(wall.day / 7)));
  const last = onsets.every((wall) => wall.day + 7 > daysIn(wall));
  const [nth] = nths;
  const which = last ? -1 : nths.size === 1 ? nth : undefined;
  return which === undefined ? null : `FREQ=YEARLY;BYMONTH=${first.month};BYDAY=${which}${weekdays[0]}`;
}

function weekday(wall: WallTime): string {
  return WEEKDAYS[new Date(Date.UTC(wall.year, wall.month - 1, wall.day)).getUTCDay()] ?? '';
}

function daysIn(wall: WallTime): number {
  return (Date.UTC(wall.year, wall.month, 1) - Date.UTC(wall.year, wall.month - 1, 1)) / DAY;
}
